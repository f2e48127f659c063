# a complete little vector class
import math
class Vec:
    __slots__ = ("_c",)
    def __init__(self, *c): self._c = tuple(float(x) for x in c)
    def __repr__(self): return f"Vec{self._c}"
    def __eq__(self, o): return isinstance(o, Vec) and self._c == o._c
    def __hash__(self): return hash(self._c)
    def __iter__(self): return iter(self._c)
    def __len__(self): return len(self._c)
    def __getitem__(self, i): return Vec(*self._c[i]) if isinstance(i, slice) else self._c[i]
    def __abs__(self): return math.sqrt(sum(x * x for x in self))
    def __bool__(self): return any(self)
    def __neg__(self): return Vec(*(-x for x in self))
    def __add__(self, o): return Vec(*(a + b for a, b in zip(self, o, strict=True)))
    def __sub__(self, o): return self + -o
    def __mul__(self, k): return Vec(*(x * k for x in self)) if isinstance(k, (int, float)) else NotImplemented
    __rmul__ = __mul__
    def __matmul__(self, o): return sum(a * b for a, b in zip(self, o))
    def __format__(self, spec): return "<" + ", ".join(format(x, spec) for x in self) + ">"
    def __contains__(self, x): return x in self._c
v, w = Vec(3, 4), Vec(1, 2)
print(v + w, v - w, v * 2, 2 * v, v @ w, abs(v), -v, v == Vec(3, 4), v != w, len({v, Vec(3, 4)}), bool(Vec(0, 0)), v[0], v[:1], 4 in v, f"{v:.1f}", [*v], len(v))
x, y = v; print(x, y, max(v), sorted([v, w], key=abs), sum([v, w], Vec(0, 0)))
for f in (lambda: v * "a", lambda: v + Vec(1), lambda: v < w, lambda: setattr(v, "z", 1), lambda: v @ 5):
    try: f()
    except (TypeError, ValueError, AttributeError) as e: print(type(e).__name__, e)
v += w; v *= 2; print(v)
