# functools: lru_cache, cache, cached_property
import functools
@functools.lru_cache(maxsize=2)
def f(x, y=0):
    print("compute", x, y)
    return x + y
f(1); f(1); f(2); f(3); f(1); f(1, y=0)
print(f.cache_info(), f.cache_parameters())
f.cache_clear(); print(f.cache_info())
@functools.cache
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(80), fib.cache_info().misses)
@functools.lru_cache(typed=True)
def t(x): return type(x).__name__
print(t(1), t(1.0), t(True), t.cache_info().currsize)
try:
    f([])
except TypeError as e:
    print(e)
class C:
    @functools.cached_property
    def v(self):
        print("once")
        return 42
c = C(); print(c.v, c.v, c.__dict__); del c.v; print(c.v)
