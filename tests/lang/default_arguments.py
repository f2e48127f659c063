# defaults are evaluated once, at definition
def acc(x, seen=[]):
    seen.append(x)
    return seen
print(acc(1), acc(2))
n = 1
def f(v=n):
    return v
n = 2
print(f())
def g(a, b=2, *, c=3, d):
    return a, b, c, d
print(g(1, d=4), g(1, 5, d=6, c=7))
print(g.__defaults__, g.__kwdefaults__)
