# cmath
import cmath
print(cmath.sqrt(-1), cmath.exp(1j), cmath.log(-1), cmath.phase(1j), cmath.polar(1 + 1j), cmath.rect(1, 0.5), cmath.isclose(1j, 1j + 1e-12))
print(cmath.sin(1j), cmath.cos(1j), cmath.log10(100), cmath.isnan(complex("nan")), cmath.isinf(complex("inf")), cmath.isfinite(1j), cmath.infj, cmath.pi)
try:
    cmath.log(0)
except ValueError as e:
    print(e)
