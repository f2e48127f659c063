# float arithmetic in loops
x = 0.0
for i in range(10): x += 0.1
print(x)
y = 1.0
for i in range(20): y = y / 2 + 1 / (i + 1)
print(y)
def horner(cs, x):
    r = 0.0
    for c in cs: r = r * x + c
    return r
print(horner([1, -2.5, 3], 1.5), horner([1.0] * 5, 2))
pi = sum((-1) ** k / (2 * k + 1) for k in range(1000)) * 4
print(pi)
def mandel(c):
    z = 0j
    for n in range(50):
        if abs(z) > 2: return n
        z = z * z + c
    return 50
print([mandel(complex(r / 4, 0.5)) for r in range(-8, 4)])
t = 1e300
for _ in range(3): t *= 1e5
print(t, -t, t - t, t > 1e308)
