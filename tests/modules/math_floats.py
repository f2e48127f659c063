# math: float pieces and predicates
import math
print(math.frexp(8.5), math.ldexp(0.5, 4), math.modf(-2.75), math.copysign(1, -0.0), math.fmod(-7, 3), math.remainder(7, 4), math.nextafter(1, 2), math.ulp(1.0), math.nextafter(0, 1, steps=3))
print(math.isnan(math.nan), math.isinf(-math.inf), math.isfinite(1e308), math.isclose(0.1 + 0.2, 0.3), math.isclose(1, 1.1, rel_tol=0.2), math.isclose(0, 1e-10, abs_tol=1e-9))
print(math.fsum([0.1] * 10), math.fsum([1e100, 1, -1e100]), math.gamma(5), math.lgamma(10), math.erf(0.5), math.erfc(0.5), math.fma(2, 3, 4))
print(math.frexp(0), math.frexp(math.inf), math.ldexp(1, -1080), math.modf(math.inf), math.fmod(5.5, math.inf), math.atan2(-0.0, -1), math.pow(0, 0), math.pow(1, math.nan))
for f, a in ((math.ldexp, (1, 10000)), (math.fmod, (1, 0)), (math.fmod, (math.inf, 1)), (math.pow, (-1, 0.5)), (math.pow, (0, -1)), (math.fsum, ([1e308, 1e308],)), (math.remainder, (1, 0)), (math.frexp, ("x",))):
    try:
        print(f(*a))
    except Exception as e:
        print(f.__name__, a, type(e).__name__, e)
