# building strings: f-strings with many parts, concatenation in loops
s = ""
for i in range(20): s += str(i)
print(s)
a, b = 1, "é"
print(f"{a}{b}{a!r}{b!r}{a:>3}{b:*^3}{a + 1}{b * 2}x{{}}", f"", f"{a}", f"{b}")
parts = [f"{i}:{i * i}" for i in range(5)]
print(",".join(parts))
t = u = "x"
t += "y"
print(t, u)
def grow(n):
    out = "-"
    alias = out
    for i in range(n): out += "ab"
    return len(out), alias
print(grow(100))
class F:
    def __format__(self, s): return f"[{s}]"
    def __str__(self): return "S"
print(f"{F()}{F():abc}{F()!s}{F()!s:>3}")
class Bad:
    def __format__(self, s): return 5
try:
    f"{Bad()}"
except TypeError as e:
    print(e)
