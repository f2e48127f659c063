# lambda with every sort of parameter
print((lambda: 1)())
print((lambda x: x * 2)(4))
print((lambda x, y=3: x + y)(4))
print((lambda *a, **k: (a, k))(1, 2, z=3))
print((lambda *, k: k)(k=5))
print((lambda x, /: x)(6))
print((lambda: (yield))().__class__.__name__)
f = lambda x: lambda y: x + y
print(f(1)(2))
print(f.__name__, f.__qualname__)
