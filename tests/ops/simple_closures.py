# cells read and written from several frames
def acc():
    total = 0
    def add(n):
        nonlocal total
        total += n
        return total
    def get(): return total
    return add, get
add, get = acc()
add(5); add(6)
print(get(), acc()[1]())
def param(x):
    def inc():
        nonlocal x
        x += 1
        return x
    return inc
p, q = param(1), param(100)
print(p(), p(), q(), p())
def nested(a):
    return lambda b: lambda c: lambda d: (a, b, c, d)
print(nested(1)(2)(3)(4))
def loop():
    out = []
    for i in range(3):
        def f(i=i): return i
        out.append((f, lambda: i))
    return [(f(), g()) for f, g in out]
print(loop())
