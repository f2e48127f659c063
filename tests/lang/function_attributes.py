# attributes of functions
def f(a, b=2, *, c=3) -> int:
    "doc"
    return a + b + c
print(f.__name__, f.__qualname__, f.__module__, f.__doc__, f.__defaults__, f.__kwdefaults__, f.__annotations__, f.__closure__, f.__type_params__, f.__globals__ is globals(), f.__builtins__["len"] is len)
f.__defaults__ = (10,)
f.__kwdefaults__ = {"c": 100}
print(f(1))
f.__defaults__ = None
try: f(1)
except TypeError as e: print(e)
def g(x): return x * 2
f.__code__ = g.__code__
print(f(4), f.__name__)
f.__name__ = "renamed"; f.__doc__ = None
print(f.__name__, f.__doc__, f.__qualname__)
for n, v in (("__name__", 5), ("__defaults__", 5), ("__code__", 5), ("__kwdefaults__", 1), ("__closure__", ()), ("__globals__", {})):
    try: setattr(f, n, v)
    except (TypeError, AttributeError) as e: print(type(e).__name__, e)
def outer():
    v = 1
    return lambda: v
try: f.__code__ = outer().__code__
except ValueError as e: print(e)
try: del f.__name__
except TypeError as e: print(e)
print(f.__get__(5)(), type(f.__get__(5)).__name__, f.__call__(3))
