# math: rounding, roots, logs, trigonometry
import math
print(math.floor(2.7), math.ceil(2.1), math.trunc(-2.7), math.fabs(-3), math.sqrt(2), math.cbrt(27), math.isqrt(17), math.hypot(3, 4), math.hypot(1, 2, 2))
print(math.exp(1), math.expm1(1e-10), math.log(10), math.log(8, 2), math.log2(8), math.log10(1000), math.log1p(1e-10), math.exp2(3), math.pow(2, 0.5))
print(math.sin(1), math.cos(1), math.tan(1), math.asin(0.5), math.acos(0.5), math.atan(1), math.atan2(1, -1), math.degrees(math.pi), math.radians(180))
print(math.sinh(1), math.cosh(1), math.tanh(1), math.asinh(1), math.acosh(2), math.atanh(0.5))
print(math.pi, math.e, math.tau, math.inf, math.nan)
print(math.log(2**2000), math.log10(10**400), math.log2(2**5000), math.isqrt(10**40), math.sqrt(10**300))
for f, a in ((math.sqrt, -1), (math.log, 0), (math.log, -1), (math.acos, 2), (math.isqrt, -1), (math.sqrt, "x"), (math.exp, 1000), (math.log, 1.0), (math.factorial, -1), (math.gamma, 0), (math.floor, float("inf"))):
    try:
        print(f(a))
    except Exception as e:
        print(f.__name__, a, type(e).__name__, e)
