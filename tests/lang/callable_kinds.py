# everything that can be called
import functools, operator
class C:
    def __init__(self, *a): self.a = a
    def m(self, *a): return "m", a
    @classmethod
    def c(cls, *a): return "c", a
    @staticmethod
    def s(*a): return "s", a
    def __call__(self, *a): return "call", a
o = C()
fs = [lambda *a: ("lambda", a), o.m, C.c, o.c, C.s, o.s, o, functools.partial(o.m, 0), operator.methodcaller("m", 1), [].__class__, "x".__add__ if False else str.upper, len, type, o.m.__func__, C.m, C.__dict__["s"], functools.lru_cache(lambda x: x), property, o.__call__]
for f in fs:
    try: r = f(o)
    except TypeError as e: r = f"TypeError {e}"
    print(r if not isinstance(r, (C, property)) and "object at" not in repr(r) else type(r).__name__)
print([callable(f) for f in fs].count(True), (1).__add__(2), int.__add__(1, 2), type.__call__(list, "ab"))
