# functools: caches on methods, recursion, threads-free reentrancy, wrappers
from functools import *
class C:
    calls = 0
    @lru_cache(None)
    def m(self, x): C.calls += 1; return x * 2
    @cached_property
    def p(self): C.calls += 1; return "p"
    @classmethod
    @cache
    def k(cls, x): C.calls += 1; return cls.__name__, x
a, b = C(), C()
print(a.m(1), a.m(1), b.m(1), C.calls, a.p, a.p, C.calls, C.k(1), C.k(1), C.calls, C.m.cache_info())
@lru_cache(maxsize=0)
def z(x): return x
z(1); z(1); print(z.cache_info())
@lru_cache
def f(*a, **k): return a, tuple(k)
f(1, 2); f(2, 1); f(a=1, b=2); f(b=2, a=1); print(f.cache_info(), f.__wrapped__(1), f.__name__)
@lru_cache(3)
def l(x): return x
for i in (1, 2, 3, 1, 4, 1, 2): l(i)
print(l.cache_info())
@cache
def err(x): raise ValueError(x)
for _ in range(2):
    try: err(1)
    except ValueError: pass
print(err.cache_info().currsize)
@lru_cache(None)
def pow_mod(b, e): return 1 if e == 0 else b * pow_mod(b, e - 1) % 1000007
print(pow_mod(3, 200))
def log(fn=None, *, tag="t"):
    if fn is None: return partial(log, tag=tag)
    @wraps(fn)
    def w(*a, **k): return tag, fn(*a, **k)
    return w
@log
def x1(): "d1"; return 1
@log(tag="q")
def x2(a): return a
print(x1(), x2(5), x1.__doc__, x2.__qualname__, WRAPPER_ASSIGNMENTS, WRAPPER_UPDATES)
try: lru_cache(maxsize="x")
except TypeError as e: print(e)
