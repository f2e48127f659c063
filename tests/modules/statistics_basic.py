# statistics
import statistics as s
d = [1, 2, 2, 3, 4, 7, 9]
print(s.mean(d), s.fmean(d), s.median(d), s.median_low([1, 2, 3, 4]), s.median_high([1, 2, 3, 4]), s.median([1, 2, 3, 4]), s.mode(d), s.multimode("aabb"), s.stdev(d), s.pstdev(d), s.variance(d), s.pvariance(d), s.harmonic_mean([40, 60]), s.geometric_mean([54, 24, 36]), s.quantiles(d, n=4), s.correlation([1, 2, 3], [2, 4, 7]), s.covariance([1, 2], [3, 5]), s.linear_regression([1, 2, 3], [2, 4, 6]))
from fractions import Fraction; from decimal import Decimal
print(s.mean([Fraction(1, 2), Fraction(1, 3)]), s.mean([Decimal("0.1"), Decimal("0.3")]), s.median_grouped([1, 2, 2, 3]), s.NormalDist(0, 1).cdf(0), s.NormalDist(10, 2).pdf(10), s.NormalDist(1, 2) + s.NormalDist(3, 4))
for f in (lambda: s.mean([]), lambda: s.stdev([1]), lambda: s.median([]), lambda: s.mode([]), lambda: s.mean(["a"])):
    try: f()
    except Exception as e: print(type(e).__name__, e)
