# cells as parameters, locals, loop variables and in comprehensions
def f(a, *args, k=1, **kw):
    def g(): return a, args, k, kw
    a += 1; k *= 10
    return g
print(f(1, 2, k=3, z=4)())
def loop():
    fs = []
    for i in range(3):
        def h(): return i
        fs.append(h)
    return [h() for h in fs]
print(loop())
def comp(n):
    return [lambda: (x, n) for x in range(n)][0]()
print(comp(3))
def cls():
    v = 1
    class K:
        def m(self): return v
        def put(self, x):
            nonlocal v
            v = x
    return K()
k = cls(); k.put(9); print(k.m())
def deep(a):
    def b():
        def c():
            def d():
                nonlocal a
                a += 1
                return a
            return d
        return c()
    return b()
d = deep(1); d(); print(d())
def rec():
    def fact(n): return 1 if n < 2 else n * fact(n - 1)
    return fact
print(rec()(10), rec().__code__.co_freevars, f.__code__.co_cellvars)
def exc():
    try: 1 / 0
    except ZeroDivisionError as e:
        return (lambda: str(e))()
print(exc())
