# parameters with the names of others; kwargs mutation; defaults by expression
def f(self, /, **kw): return self, kw
print(f(1, self=2), f(1, **{"self": 3}))
def g(*args, args2=None, **kwargs): kwargs["new"] = 1; return args, args2, kwargs
d = {"a": 1}; print(g(1, **d), d)
def h(a, b=lambda: "default fn", c=[i for i in range(3)], *, d={"k": 1}["k"]): return a, b(), c, d
print(h(1))
x = 10
def k(a=x, b=(x := 20)): return a, b, x
print(k())
def many(a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, *, k1=1, k2=2, k3=3): return a1 + a10, k1 + k3
print(many(*range(10)), many(1, 2, 3, 4, 5, 6, 7, 8, a10=9, a9=0, k3=30))
def rec(n, acc=None):
    acc = acc or []
    return acc if n == 0 else rec(n - 1, acc=acc + [n])
print(rec(3), rec(2, [9]))
def pos(a, b=1, /, c=2, *d, e=3): return a, b, c, d, e
print(pos(0), pos(0, 9), pos(0, 9, 8, 7, e=6), pos(0, c=5))
for s in ("pos()", "pos(a=1)", "pos(0, b=1)", "pos(0, 1, 2, c=3)", "pos(0, f=1)", "f()", "h()", "many(1)", "many(*range(9))", "many(*range(12))", "many(*range(10), k4=1)", "many(a1=1)"):
    try: print(eval(s))
    except TypeError as e: print(s, "->", e)
