# complex: pow, special values, hash, constructor forms
print(complex(), complex("1e2-3.5j"), complex("infj"), complex("nan+nanj"), complex("-j"), complex("  3  "), complex(True), complex(2**60), complex("1_0j"))
print((1 + 2j).conjugate(), abs(complex("inf")), (3 + 4j) ** 2, (1j) ** 4, (2 + 0j) ** 3, (0j) ** 1, (1 + 1j) ** -2, 2 ** (1j), (1 + 2j) * (3 - 1j), (1 + 2j) / (3 - 1j), (1 + 2j) - 1, 5 - (1 + 2j), -(1 - 0j), 1j * 1j)
print(hash(1j) == hash(complex(0, 1)), hash(complex(1.5, 0)) == hash(1.5), 1 + 0j == 1, 1j == 1, 1j != 1, repr(complex(1, -0.0)), repr(complex(-0.0, 1)), str(complex(1e20, 1e-5)), complex(0.1, 0.2), (1e200 + 1e200j) * 1e100)
class C:
    def __complex__(self): return 1 + 1j
class I:
    def __index__(self): return 3
class Fl:
    def __float__(self): return 2.5
print(complex(C()), complex(I()), complex(Fl()), complex(Fl(), 1))
for f in (lambda: complex("1", 2), lambda: complex([]), lambda: complex(1, "2"), lambda: complex("1j", "2"), lambda: (1j) > 1, lambda: (1j).real.real, lambda: int(1 + 0j), lambda: (1e300 + 1e300j) ** 2, lambda: setattr(1j, "real", 1), lambda: (1j) // 1, lambda: round(1j)):
    try: print(f())
    except (TypeError, ValueError, OverflowError, AttributeError) as e: print(type(e).__name__, e)
