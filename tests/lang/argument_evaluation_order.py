# arguments are evaluated from left to right
def e(n):
    print(n, end=" ")
    return n
def f(*a, **k):
    print("call", a, k)
f(e(1), *[e(2)], e(3), k=e(4), **{"j": e(5)})
e(1) + e(2) * e(3)
print()
[e(1), e(2)][e(0)]
print()
{e(1): e(2), e(3): e(4)}
print()
(e(1), e(2)) < (e(3), e(4))
print()
d = {}
d[e(1)] = e(2)
print()
d[e(5)], d[e(6)] = e(7), e(8)
print()
e(1) if e(0) else e(2)
print()
e(f)(e(1), k=e(2)) if False else print("end")
