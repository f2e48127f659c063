# fractions
from fractions import Fraction as F
print(F(1, 3) + F(1, 6), F("3/4"), F("0.125"), F(0.5), F(6, -4), F(3), F("1e-2"), F(1, 3) * 3, F(1, 2) ** 2, F(1, 2) ** -1, F(4) ** 0.5, F(7, 2) // 1, F(-7, 2) % 2, divmod(F(7, 2), F(1, 2)), -F(1, 2), abs(F(-1, 2)))
print(F(1, 2) == 0.5, F(1, 2) < 0.6, hash(F(2)) == hash(2), F(22, 7).limit_denominator(5), F(7, 2).numerator, round(F(5, 2)), round(F(1, 3), 2), int(F(-7, 2)), float(F(1, 4)), repr(F(1, 2)), str(F(4, 2)), F(1, 2) + 0.5, F(1, 2) + 1, F(1, 2).as_integer_ratio(), F.from_float(0.1).limit_denominator(10), F(3, 2).is_integer())
print(f"{F(1, 3):.3f} {F(10, 3):>8} {F(1, 8):.2e} {F(5, 4):.0%}", sum([F(1, 10)] * 10), complex(F(1, 2)), F(1, 2) * 1j, sorted([F(1, 2), F(1, 3)]), bool(F(0)))
for f in (lambda: F(1, 0), lambda: F("x"), lambda: F(1.5, 2), lambda: F(float("nan")), lambda: F(1) / 0, lambda: F(1, 2) < "a", lambda: F("1/0")):
    try: f()
    except Exception as e: print(type(e).__name__, e)
