# local variable loads, stores, swaps
def f(a, b):
    c = a
    a = b
    b = c
    a, b, c = c, a, b
    return a, b, c
print(f(1, 2))
def g(x):
    y = x
    y += 1
    z = y = x + y
    return x, y, z
print(g(5))
def h(p):
    if p:
        q = 1
    else:
        q = 2
    return q
print(h(0), h(1))
def many():
    a = b = c = d = e = f = g = h = i = j = 1
    a, b, c, d, e, f, g, h, i, j = j + 1, i + 2, h + 3, g + 4, f + 5, e + 6, d + 7, c + 8, b + 9, a + 10
    return a, b, c, d, e, f, g, h, i, j
print(many())
