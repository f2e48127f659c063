# exact arithmetic across modules
from fractions import Fraction as F; from decimal import Decimal as D; import math, statistics, operator, functools
h = functools.reduce(operator.add, (F(1, n) for n in range(1, 20))); print(h, float(h), math.floor(h), h.limit_denominator(100))
def cf(x, n):
    out = []
    for _ in range(n):
        i = math.floor(x); out.append(i)
        if x == i: break
        x = 1 / (x - i)
    return out
print(cf(F(415, 93), 10), cf(math.pi, 5), cf(F(649, 200), 9))
def bern(m):
    a = [F(0)] * (m + 1)
    for i in range(m + 1):
        a[i] = F(1, i + 1)
        for j in range(i, 0, -1): a[j - 1] = j * (a[j - 1] - a[j])
    return a[0]
print([str(bern(i)) for i in range(0, 13, 2)], math.prod(F(n, n + 1) for n in range(1, 10)), sum(map(D, ["0.1", "0.2", "0.3"])) == D("0.6"), statistics.mean([F(1, 3), F(2, 3)]), statistics.fmean([D("1.5"), 2]), math.gcd(*map(int, [F(12), F(18)])), math.isclose(F(1, 3), 1 / 3), round(F(22, 7), 3), math.sqrt(F(9, 4)), F(math.pi).limit_denominator(1000), max(F(1, 2), 0.4, D("0.45")))
n = 2 ** 89 - 1; print(pow(3, n - 1, n) == 1, math.isqrt(n), n % 10**9, math.comb(100, 50), math.perm(20, 10), sum(int(c) for c in str(math.factorial(100))), len(str(3 ** 1000)), math.log2(2 ** 3000), int(math.log10(7 ** 500)))
