# typing.NamedTuple and TypedDict classes
from typing import NamedTuple, TypedDict, NotRequired, ReadOnly
class P(NamedTuple):
    "a point"
    x: int
    y: int = 0
    @property
    def norm(self): return abs(self.x) + abs(self.y)
    def __add__(self, o): return P(self.x + o[0], self.y + o[1])
p = P(3)
print(p, p.norm, p + (1, 1), P._field_defaults, P.__doc__, p._replace(y=9), P.__annotations__, p < P(4), isinstance(p, tuple))
class G[T](NamedTuple):
    v: T
print(G(1), G[int](2), G.__type_params__)
class M(TypedDict):
    a: int
    b: NotRequired[str]
    c: ReadOnly[list]
print(M(a=1, c=[]), sorted(M.__required_keys__), sorted(M.__optional_keys__), sorted(M.__readonly_keys__), M.__total__, type(M(a=1, c=[])).__name__)
class N(M, total=False): d: float
print(sorted(N.__annotations__), sorted(N.__optional_keys__), N.__orig_bases__)
F = TypedDict("F", {"in": int, "x-y": str}); print(F({"in": 1}), sorted(F.__annotations__))
for src in ("class B(NamedTuple):\n x: int = 0\n y: int", "class B(NamedTuple):\n _x: int", "class B(NamedTuple):\n x: int\n def __new__(cls): pass", "class B(TypedDict):\n x: int = 5", "class B(TypedDict):\n def f(self): pass", "isinstance({}, M)"):
    try: exec(src)
    except (TypeError, ValueError, AttributeError) as e: print(type(e).__name__, e)
