# class decorators, wraps, memoising
import functools
def memo(f):
    cache = {}
    @functools.wraps(f)
    def w(n):
        if n not in cache:
            cache[n] = f(n)
        return cache[n]
    w.cache = cache
    return w
@memo
def fib(n):
    "fib doc"
    return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(60), len(fib.cache), fib.__name__, fib.__doc__, fib.__wrapped__.__name__)
class Count:
    def __init__(self, f): self.f, self.n = f, 0
    def __call__(self, *a):
        self.n += 1
        return self.f(*a)
@Count
def g(x): return x + 1
g(1); g(2)
print(g.n)
def add_repr(cls):
    cls.__repr__ = lambda self: f"<{cls.__name__} {vars(self)}>"
    return cls
@add_repr
class P:
    def __init__(self): self.a = 1
print(P())
