# enum: verify, mixins, dynamic members, iteration order, pickling
import enum, pickle
from enum import *
class Shape(str, Enum):
    SQ = "square"
    CI = "circle"
print(Shape.SQ == "square", Shape.SQ.upper(), f"{Shape.SQ}", str(Shape.SQ), repr(Shape.CI), isinstance(Shape.SQ, str), Shape("circle"), "square" in Shape)
class W(Enum):
    _ignore_ = ["i"]
    for i in range(3): locals()[f"D{i}"] = i
print(list(W), W.D1.name)
@verify(CONTINUOUS, UNIQUE)
class V(Enum):
    A = 1
    B = 2
try:
    @verify(CONTINUOUS)
    class X(Enum): A = 1; B = 3
except ValueError as e: print(e)
class O(Enum):
    @classmethod
    def parse(cls, s): return cls[s.upper()]
    @staticmethod
    def count(): return len(O)
    def __str__(self): return f"O<{self.name}>"
    def __eq__(self, o): return self is o
    def __hash__(self): return 1
    A = auto(); B = auto()
print(O.parse("a"), O.count(), {O.A: 1}[O.A], [x.value for x in O], O.A != O.B)
print(pickle.loads(pickle.dumps(V.A)) is V.A, V.A.__reduce_ex__(2)[0].__name__, V.__members__.keys(), dir(V.A)[-2:], V.A._name_, V._member_map_["B"])
class T(tuple, Enum):
    P = (1, 2)
    Q = 3, 4
print(T.P[0], T.Q.value, len(T.P))
class Dup(Enum):
    A = 1; B = 1; C = 2
print(list(Dup), Dup.__members__, Dup.B.name)
for f in (lambda: Enum("E", "a a"), lambda: type("Y", (V,), {"C": 3}), lambda: V.A.value.x, lambda: setattr(V.A, "value", 9), lambda: V.__call__(1, 2, 3), lambda: delattr(V, "A"), lambda: [V.A] > [V.B]):
    try: print(f())
    except (TypeError, AttributeError, ValueError) as e: print(type(e).__name__, str(e).split("\n")[0])
print(global_enum.__name__, enum.show_flag_values(5), enum.bin(5), IntEnum("I", "x y").x + 1)
