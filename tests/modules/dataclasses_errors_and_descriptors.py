# dataclasses: inheritance of defaults, descriptors, replace, match
from dataclasses import *
@dataclass
class A: x: int = 1; y: int = 2
@dataclass
class B(A): y: int = 20; z: int = 30
print(B(), [f.name for f in fields(B)], B(z=1))
@dataclass(frozen=True)
class Fz: v: list = field(default_factory=list)
f = Fz()
for g in (lambda: setattr(f, "v", 1), lambda: delattr(f, "v"), lambda: setattr(f, "new", 1), lambda: hash(Fz())):
    try: g()
    except (FrozenInstanceError, TypeError) as e: print(type(e).__name__, e)
try:
    @dataclass
    class Bad(Fz): w: int = 1
except TypeError as e: print(e)
class Desc:
    def __set_name__(self, o, n): self.n = "_" + n
    def __get__(self, i, o): return 42 if i is None else getattr(i, self.n, 42)
    def __set__(self, i, v): setattr(i, self.n, int(v) * 2)
@dataclass
class D: q: int = Desc()
print(D(), D(5), D(5).q)
match B(1, 2, 3):
    case B(1, y=b, z=c): print(b, c)
@dataclass(eq=False)
class NE: x: int
print(NE(1) == NE(1), NE.__hash__ is object.__hash__)
@dataclass
class C2:
    a: int = field(repr=False); b: int = field(default=1, metadata={"unit": "m"}); c: int = field(default=2, kw_only=True)
print(C2(5), fields(C2)[1].metadata["unit"], C2.__init__.__annotations__ if False else C2(1, 2, c=3) == C2(1, 2, c=3), repr(fields(C2)[0])[:30])
import copy; print(copy.replace(A(), y=7), asdict(A(), dict_factory=lambda l: sorted(l)), astuple(B()))
@dataclass(slots=True, weakref_slot=True)
class S: p: int
import weakref; s = S(1); print(weakref.ref(s)() is s, S.__slots__)
@dataclass
class Rep:
    x: int
    def __repr__(self): return "mine"
print(Rep(1))
for src in ("@dataclass\nclass A:\n x: int = field(default=1, default_factory=int)", "@dataclass(order=True, eq=False)\nclass A: x: int", "@dataclass(order=True)\nclass A:\n x: int\n def __lt__(s, o): pass", "fields(5)", "replace(A(), zz=1)", "@dataclass\nclass A:\n x: dict = {}", "@dataclass(slots=True)\nclass A:\n __slots__ = ('x',)\n x: int"):
    try: exec(src)
    except (TypeError, ValueError) as e: print(type(e).__name__, e)
