# runaway recursion raises RecursionError and the interpreter goes on
def f(n):
    return f(n + 1)
try:
    f(0)
except RecursionError as e:
    print(type(e).__name__, str(e)[:32])
def depth(n):
    return 0 if n == 0 else 1 + depth(n - 1)
print(depth(500))
class R:
    def __repr__(self): return repr(self)
try:
    repr(R())
except RecursionError:
    print("repr recursion")
l = []
l.append(l)
print(l)
d = {}
d["d"] = d
print(d)
