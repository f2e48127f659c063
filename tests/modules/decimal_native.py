# _decimal: arithmetic, rounding, contexts, signals, conversions.
import copy
import pickle
from decimal import *
from fractions import Fraction

D = Decimal


def attempt(f, *args, **kw):
    try:
        print(repr(f(*args, **kw)))
    except Exception as e:
        print(type(e).__name__, e)


print(D("1.1") + D("2.2"), D(1) / D(3), D(2).sqrt(), D("1E+5"), D("-0.00000001"), D(10) ** -2, D(2) ** 100)
print(D(2) ** D("0.5"), D(3).exp(), D(7) // 2, D(7) % -3, divmod(D(-7), 2), -D(0), abs(D("-1.50")))
print(repr(D(0.1)), D((1, (1, 2, 3), -2)), hash(D("1.5")) == hash(1.5), D("NaN"), D("sNaN123"), D("-inf"))
print(D("1_000.5"), D(" 12 "), D("\u0661\u0662"), D("1e5").as_tuple(), D("0.25").as_integer_ratio())
for f in (lambda: D(1) / 0, lambda: D("x"), lambda: D(0) / 0, lambda: D("sNaN") + 1, lambda: int(D("NaN")), lambda: D(1) < D("NaN"), lambda: D(1.5) + 1.5):
    attempt(f)
print(getcontext())
print(f"{D('1234.567'):,.2f}", f"{D('0.1'):.3%}", f"{D(7):>5}|", D("1.25").quantize(D("0.1")), round(D("2.5")), round(D("2.675"), 2))
for mode in (ROUND_UP, ROUND_DOWN, ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_05UP):
    print(mode, [str(D(x).quantize(D(1), mode)) for x in ("2.5", "-2.5", "3.5", "2.51", "10.1", "15.1")])
with localcontext(prec=5) as c:
    print(D(1) / 3, D("123456.7") + 0, c.prec, c.flags[Inexact])
print(D("1.5") == 1.5, D("1.5") < 2, D("3") > 2.5, D(1) == True, sorted([D(3), D(1), 2]), D("0.5") == Fraction(1, 2))
print(pickle.loads(pickle.dumps(D("1.23"))), copy.copy(getcontext()).prec, D("1.0").normalize(), D("120").normalize())
a, b = D("123456789012345678901234567890.12345"), D("987654321098765432109876543210")
print(a * b, a + b, a - b, a / b)
getcontext().prec = 60
print(a * b, a + b, a - b, a / b, a.sqrt(), a // D("7e10"), a % D("7e10"))
print(a.fma(b, 1), a.max(b), a.compare(b), a.next_plus(), a.remainder_near(b), a.logb(), a.to_eng_string(), D("12E+7").to_eng_string())
ctx = Context(prec=3, Emin=-5, Emax=5, traps=[], flags=[])
for text in ("1.2345E-5", "1E-7", "1E-8", "9.999E5", "99999999", "0E-20", "NaN1234"):
    ctx.clear_flags()
    print(text, ctx.create_decimal(text), [s.__name__ for s, on in ctx.flags.items() if on])
print(D("-5").number_class(), D("101").logical_and(D("110")), D("1234").rotate(1), D("1.5").compare_total(D("1.50")))
attempt(Context, prec=0)
attempt(setattr, ctx, "rounding", "x")
attempt(D, [])
attempt(D, object)
big = D(10) ** 50 + 1
print(big * big, len(str(D(7) ** 400)), big == int(big), int(D("1e30")), float(D("1e30")), D(2**200))
