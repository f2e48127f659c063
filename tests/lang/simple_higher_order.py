# functions as values
def compose(*fs):
    def run(x):
        for f in reversed(fs):
            x = f(x)
        return x
    return run
def apply_n(f, n, x):
    for _ in range(n):
        x = f(x)
    return x
inc = lambda x: x + 1
dbl = lambda x: x * 2
print(compose(inc, dbl)(5), compose()(5), apply_n(dbl, 10, 1))
def curry(f): return lambda a: lambda b: f(a, b)
print(curry(pow)(2)(10), list(map(curry(max)(3), [1, 5])))
table = {"+": lambda a, b: a + b, "-": lambda a, b: a - b}
print([table[o](7, 3) for o in "+-"])
def counter():
    n = 0
    def step():
        nonlocal n
        n += 1
        return n
    return step
c = counter()
print([c() for _ in range(3)], (lambda f: f(f, 5))(lambda f, n: 1 if n == 0 else n * f(f, n - 1)))
