# dataclasses: post_init, InitVar, ClassVar, inheritance, slots, kw_only
from dataclasses import dataclass, field, InitVar, KW_ONLY, make_dataclass, asdict, fields
from typing import ClassVar
@dataclass
class A:
    n: int
    scale: InitVar[int] = 2
    count: ClassVar[int] = 0
    double: int = field(init=False)
    def __post_init__(self, scale): self.double = self.n * scale
print(A(3), A(3, 10).double, [f.name for f in fields(A)])
@dataclass
class B(A):
    extra: str = "e"
print(B(1, 2, "x"), B(1))
@dataclass(slots=True, kw_only=True)
class S:
    x: int
    y: int = 5
s = S(x=1); print(s, S.__slots__, hasattr(s, "__dict__"))
try:
    S(1)
except TypeError as e:
    print(e)
@dataclass
class K:
    a: int
    _: KW_ONLY
    b: int = 0
print(K(1, b=2), K.__init__.__kwdefaults__)
D = make_dataclass("D", [("x", int), ("y", int, field(default=7))], namespace={"sum": lambda self: self.x + self.y}); print(D(1), D(1).sum())
@dataclass
class N:
    inner: A
    items: dict
print(asdict(N(A(1), {"k": [A(2)]})))
@dataclass(repr=False, eq=False)
class M: x: int = 1
print(M() == M(), M().__repr__.__qualname__)
@dataclass(unsafe_hash=True)
class H: x: int
print(hash(H(1)) == hash(H(1)))
@dataclass
class R:
    me: object = None
r = R(); r.me = r; print(r)
