# enum: Flag, IntFlag, StrEnum, custom values
from enum import Flag, IntFlag, StrEnum, auto, Enum, nonmember, member, property as eprop
class P(Flag):
    R = auto(); W = auto(); X = auto()
    RW = R | W
print(P.R, P.R | P.X, repr(P.R | P.X), P.RW, P(3) is P.RW, P.R in P.RW, ~P.R, P.R & P.W, bool(P(0)), list(P.RW), P(0), len(P.RW), P.R ^ P.RW, P.RW.value)
class I(IntFlag):
    A = 1; B = 2
print(I.A | 4, I.A | I.B, repr(I(7)), I.A + 1, I.B in I(3))
class S(StrEnum):
    ONE = auto(); TWO = "2"
print(S.ONE, S.TWO == "2", S.ONE.upper(), repr(S.ONE), f"{S.ONE}!", "-".join(S))
class Planet(Enum):
    EARTH = (5.97, 6.37)
    MARS = (0.64, 3.39)
    def __init__(self, mass, radius): self.mass, self.radius = mass, radius
    @property
    def density(self): return round(self.mass / self.radius, 3)
print(Planet.EARTH.mass, Planet.MARS.density, Planet((0.64, 3.39)))
class A(Enum):
    def _generate_next_value_(name, start, count, last): return name.lower()
    X = auto(); Y = auto()
    Z = nonmember(5)
    @classmethod
    def _missing_(cls, v): return cls.X if v == "zero" else None
print(A.X.value, A.Y, A.Z, A("zero"))
try:
    P(99)
except ValueError as e:
    print(str(e).split("\n")[0])
try:
    A("none")
except ValueError as e:
    print(e)
