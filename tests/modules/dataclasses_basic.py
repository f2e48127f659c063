# dataclasses: generated methods, fields, defaults
from dataclasses import dataclass, field, fields, asdict, astuple, replace, is_dataclass, FrozenInstanceError
@dataclass
class P:
    x: int
    y: int = 0
    tags: list = field(default_factory=list)
    hidden: str = field(default="h", repr=False, compare=False)
p = P(1)
print(p, p == P(1), p == P(2), p != (1, 0), [f.name for f in fields(p)], asdict(p), astuple(p), replace(p, x=5), is_dataclass(P), P.__match_args__)
p.tags.append("t"); print(P(1).tags, p.tags)
@dataclass(order=True, frozen=True)
class V:
    a: int
    b: str = "z"
print(V(1) < V(2), sorted([V(2), V(1, "b"), V(1, "a")]), hash(V(1)) == hash(V(1)), {V(1): "k"}[V(1)])
for f in (lambda: setattr(V(1), "a", 2), lambda: P(), lambda: P(1, 2, 3, 4, 5), lambda: V(1) < 5, lambda: hash(p), lambda: replace(p, q=1), lambda: asdict(5)):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)
for src in ("@dataclass\nclass A:\n x: int = 0\n y: int", "@dataclass\nclass A:\n x: list = []"):
    try:
        exec(src)
    except Exception as e:
        print(type(e).__name__, e)
