# exec and eval with separate globals and locals
g, l = {"x": 1}, {"y": 2}
exec("z = x + y\ndef f(): return x\nclass C: pass", g, l)
print(sorted(k for k in g if k != "__builtins__"), sorted(l), l["f"](), l["C"].__module__ if "__name__" in g else "no name")
exec("global q; q = 5; w = 6", g, l)
print(g["q"], "w" in l, "w" in g)
try: exec("def h(): return y\nh()", g, l)
except NameError as e: print(e)
class NS(dict):
    def __missing__(self, k):
        if k.startswith("auto"): return k.upper()
        raise KeyError(k)
print(eval("auto_x + '!'", {}, NS()))
try: eval("other", {}, NS())
except NameError as e: print(e)
def f():
    a = 1
    exec("a = 2; b = 3")
    return a, "b" in locals()
print(f())
for a in (("1", 5), ("1", {}, 5), (5,), ("1", None, {"a": 1})):
    try: print(eval(*a))
    except TypeError as e: print(e)
def closure():
    v = 10
    def inner(): return v
    return inner
c = closure()
try: exec(c.__code__)
except TypeError as e: print(e)
exec(c.__code__, closure=c.__closure__)
print(eval("[i * k for i in range(3)]", {"k": 2}), eval("(lambda: n)()", {"n": 7}))
