# mixing int, float, complex, bool, Fraction and Decimal
from fractions import Fraction as F; from decimal import Decimal as D
vals = (True, 2, 2**70, 0.5, 1j, F(1, 2))
for a in vals:
    print([type(a + b).__name__ for b in vals], [a == b for b in vals])
for f in (lambda: D(1) + 0.5, lambda: D(1) + F(1), lambda: D(1) + 1, lambda: D(1) == 1.0, lambda: D("0.5") == F(1, 2), lambda: F(1, 2) < 1j, lambda: 1 + D(1), lambda: True + D(1), lambda: F(1, 3) + 0.5, lambda: 2 ** F(1, 2), lambda: int(F(7, 2)), lambda: float(D("1.5")), lambda: complex(D(1)), lambda: max(1, 1.5, F(3, 2), True), lambda: sum([1, 0.5, F(1, 2)]), lambda: 2**70 + 0.5, lambda: 2**70 == float(2**70), lambda: round(F(7, 2)), lambda: hash(F(1, 2)) == hash(0.5) == hash(D("0.5"))):
    try: print(f())
    except TypeError as e: print(e)
