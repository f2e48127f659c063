# type() with three arguments
def init(self, v): self.v = v
T = type("T", (), {"__init__": init, "double": lambda self: self.v * 2, "k": 5})
print(T, T(4).double(), T.k, T.__name__, T.__module__, T.__dict__["k"], T.__bases__)
S = type("S", (T,), {"__slots__": ("w",)})
s = S(1); s.w = 2
print(s.v, s.w, S.__mro__[1] is T)
print(type(5), type(T), type(type), type.__mro__, type.__call__(int, "7"), type(None), type(print), type(T.double))
for a in ((5, (), {}), ("A", 5, {}), ("A", (), 5), ("A",), ("A", ()), ("A\0", (), {}), ("A", (5,), {})):
    try: print(type(*a))
    except (TypeError, ValueError) as e: print(type(e).__name__, e)
T.__name__ = "New"
print(T, T.__qualname__)
try: T.__name__ = 5
except TypeError as e: print(e)
try: T.__bases__ = ()
except TypeError as e: print(e)
print(int.__subclasses__()[:1], T.__subclasses__(), type.mro(S)[0] is S, T.__basicsize__ > 0, T.__weakrefoffset__ != 0, T.__flags__ & (1 << 9) != 0)
