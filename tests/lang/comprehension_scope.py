# comprehension variables stay inside; closures in comprehensions
x = 10
l = [x for x in range(3)]
print(l, x)
fs = [lambda: i for i in range(3)]
print([f() for f in fs])
def f(n):
    return [[n * i + j for j in range(2)] for i in range(2)]
print(f(10))
def g():
    y = 1
    r = [(y := y + i) for i in range(3)]
    return y, r
print(g())
class C:
    a = 3
    b = [i for i in range(a)]
    try:
        c = [a for i in range(1)]
    except NameError as e:
        c = str(e)
print(C.b, C.c)
print({k: [v for v in range(k)] for k in range(3)})
def h():
    return [locals() for z in [1]]
print(h())
