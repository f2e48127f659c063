# numbers
import numbers, fractions, decimal
for x in (1, True, 1.5, 2j, fractions.Fraction(1, 2), decimal.Decimal(1), "a"):
    print(type(x).__name__, [c.__name__ for c in (numbers.Number, numbers.Complex, numbers.Real, numbers.Rational, numbers.Integral) if isinstance(x, c)])
