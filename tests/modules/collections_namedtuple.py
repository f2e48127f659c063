# collections.namedtuple
from collections import namedtuple
P = namedtuple("P", "x y", defaults=[0])
p = P(1)
print(p, p.x, p[1], p._asdict(), p._replace(y=5), P._fields, P._field_defaults, P._make([7, 8]), p == (1, 0), tuple(p), len(p), P.__doc__)
x, y = p; print(x, y, P(y=2, x=1), hash(p) == hash((1, 0)), isinstance(p, tuple), P.x.__doc__)
class Q(P):
    def norm(self): return self.x ** 2 + self.y ** 2
print(Q(3, 4).norm(), Q(3, 4), Q(1)._replace(x=9))
print(namedtuple("R", ["a", "def", "a"], rename=True)._fields)
for f in (lambda: P(), lambda: P(1, 2, 3), lambda: namedtuple("X", "a a"), lambda: namedtuple("X", "def"), lambda: namedtuple("1X", "a"), lambda: namedtuple("X", "_a"), lambda: p._replace(q=1), lambda: P._make([1, 2, 3]), lambda: setattr(p, "x", 2)):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)
match p:
    case P(a, b): print("matched", a, b)
