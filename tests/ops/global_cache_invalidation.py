# global reads see changes of globals and builtins
def f(): return value
def g(): return len("abc")
value = 1
for _ in range(50): f(); g()
print(f(), g())
value = 2
print(f())
globals()["value"] = 3
print(f())
len = lambda x: "shadowed"
print(g())
del len
print(g())
import builtins
old = builtins.len
builtins.len = lambda x: "builtin replaced"
print(g())
builtins.len = old
print(g())
del value
try:
    f()
except NameError as e:
    print(e)
exec("def h(): return v", ns := {"v": "own globals"})
print(ns["h"]())
ns["v"] = "changed"
print(ns["h"]())
del ns["v"]
builtins.v = "from builtins"
print(ns["h"]())
del builtins.v
