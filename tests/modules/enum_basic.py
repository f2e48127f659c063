# enum: members, lookup, iteration
from enum import Enum, IntEnum, auto, unique
class Color(Enum):
    RED = 1
    GREEN = 2
    ALIAS = 1
    BLUE = auto()
    def nice(self): return self.name.title()
print(Color.RED, repr(Color.RED), Color(2), Color["BLUE"], Color.ALIAS is Color.RED, list(Color), len(Color), Color.__members__)
print(Color.RED.name, Color.RED.value, Color.RED.nice(), Color.RED == 1, Color.RED in Color, 1 in Color, 9 in Color, isinstance(Color.RED, Color), hash(Color.RED) == hash(Color(1)), type(Color).__name__)
class N(IntEnum):
    A = 5
    B = 6
print(N.A + 1, N.A < N.B, N.A == 5, str(N.A), repr(N.A), f"{N.A}", sorted([N.B, N.A]), "%d" % N.A)
for f in (lambda: Color(9), lambda: Color["X"], lambda: setattr(Color, "RED", 5), lambda: Color.RED < Color.GREEN, lambda: Color.X, lambda: type("E", (Color,), {}), lambda: Color()):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)
try:
    @unique
    class D(Enum):
        A = 1
        B = 1
except ValueError as e:
    print(e)
F = Enum("F", "X Y"); print(list(F), Enum("G", {"P": 10}).P, Enum("H", ["q"], start=5).q.value)
match Color.RED:
    case Color.GREEN: print("green")
    case Color.RED: print("red")
