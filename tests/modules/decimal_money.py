# decimal: rounding modes and money arithmetic
from decimal import *
for v in ("2.5", "-2.5", "2.51", "-2.51", "0.5", "1.5"):
    print(v, [str(Decimal(v).quantize(Decimal("1"), rounding=r)) for r in (ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_UP, ROUND_DOWN, ROUND_CEILING, ROUND_FLOOR, ROUND_05UP)])
price, tax = Decimal("19.99"), Decimal("0.0825")
total = (price * 3 * (1 + tax)).quantize(Decimal("0.01")); print(total, f"{total:,}", [total // 7, total % 7], sum([Decimal("0.10")] * 10))
parts = [(total / 3).quantize(Decimal(".01"), ROUND_DOWN)] * 2; print(parts, total - sum(parts))
c = Context(prec=6, rounding=ROUND_HALF_UP); print(c.divide(Decimal(2), Decimal(3)), c.sqrt(Decimal(2)), c.create_decimal("1.23456789"), c.power(2, 10), c.flags[Inexact], repr(c)[:20])
setcontext(ExtendedContext); print(Decimal(1) / 0, Decimal(0) / 0, Decimal(-1).sqrt(), getcontext().flags[DivisionByZero]); setcontext(DefaultContext)
getcontext().prec = 50; print(Decimal(2).sqrt()); getcontext().prec = 28
print(Decimal("1e3").normalize(), Decimal("100").normalize(), Decimal("1.20") == Decimal("1.2"), Decimal("1.20").compare_total(Decimal("1.2")), Decimal("12.3").shift(1), Decimal(5).next_plus(), Decimal("1.1").same_quantum(Decimal("2.2")), Decimal("3.7").to_integral_exact(), Decimal("inf") > 10**100, Decimal("-0") == 0, Decimal("7").remainder_near(4), Decimal("1.5").scaleb(3), Decimal("123").logb(), max(Decimal("NaN"), 1) if False else Decimal("NaN").max(1))
