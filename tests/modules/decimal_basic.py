# decimal: arithmetic, contexts, rounding, formatting
from decimal import *
D = Decimal
print(D("0.1") + D("0.2"), D(1) / D(7), D("1.10") * 3, D("-7") // 2, D("-7") % 2, D(2) ** 10, D(2).sqrt(), D("1e3"), D("1E-10"), D(0.1), D("Infinity"), D("NaN"), -D("0"), D((1, (1, 2, 3), -2)), D(10) ** -2)
print(D("1.25").quantize(D("0.1")), D("1.35").quantize(D("0.1"), ROUND_HALF_UP), D("2.5").to_integral_value(), round(D("2.675"), 2), int(D("3.9")), float(D("1.5")), D("3.14").as_tuple(), D("1.500").normalize(), D("123.4").adjusted(), D("1.0") == 1, hash(D("1.0")) == hash(1), D("1.5") < 2.0, D("0.5").as_integer_ratio())
print(f"{D('1234567.891'):,.2f} {D('0.00001'):e} {D('12'):>6} {D('0.5'):%}", str(D("1E+5")), repr(D("1.0")), D("1E5").to_eng_string(), max(D(1), D(2)), abs(D(-1)), D(5).compare(D(3)), D("1.1").is_signed(), D(100).logical_and(D(110)), D(2).exp(), D(10).ln(), D(1000).log10(), D(17).fma(2, 3))
with localcontext() as c:
    c.prec = 5; print(D(1) / 3, +D("1.23456789")); c.rounding = ROUND_UP; print(D(1) / 3); c.traps[Inexact] = True
    try: D(1) / 3
    except Inexact as e: print("Inexact")
print(getcontext().prec, getcontext().rounding, D(1) / 3)
for f in (lambda: D(1) / 0, lambda: D("x"), lambda: D("NaN") < 1, lambda: D(-1).sqrt(), lambda: D(1) + 1.5, lambda: int(D("inf")), lambda: D(0) / 0, lambda: D("1e999999999") ** 2):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
