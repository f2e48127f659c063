# *args and **kwargs in definitions and calls
def f(*args, **kwargs):
    return args, kwargs
print(f())
print(f(1, 2))
print(f(1, k=2))
print(f(*[1, 2], *(3,), **{"a": 1}, b=2, **{"c": 3}))
def g(a, *rest, key=None, **kw):
    return a, rest, key, kw
print(g(1))
print(g(1, 2, 3, key="k", z=0))
print(g(*"abc"))
print(f(*range(3), 4, *[]))
