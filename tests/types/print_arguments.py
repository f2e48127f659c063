# print: sep, end, file, flush and odd objects
import io
print(1, 2, sep=""); print(1, 2, sep=None, end=None); print("a", end="\n\n"); print(*range(3), sep=", "); print("x", "y", sep="\n")
f = io.StringIO(); print("to", "file", file=f, end=""); print(repr(f.getvalue()))
class S:
    def __str__(self): return "S!"
print(S(), [S].__len__(), sep="|")
for k in ({"sep": 5}, {"end": b""}, {"file": 5}, {"bad": 1}):
    try: print("q", **k)
    except (TypeError, AttributeError) as e: print(type(e).__name__, e)
class E:
    def __str__(self): raise ValueError("str failed")
try: print("before", E())
except ValueError as e: print("|", e)
