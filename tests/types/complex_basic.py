# complex arithmetic and repr
a, b = 1 + 2j, 3 - 4j
print(a, b, a + b, a - b, a * b, a / b, -a, +a, abs(b), a.conjugate())
print(a.real, a.imag, a == 1 + 2j, a != b, bool(0j), hash(a) == hash(1 + 2j), hash(2 + 0j) == hash(2))
print(a ** 2, a ** 0.5, a ** b, 2 ** a, a ** -1, 0j ** 0)
print(1j, -1j, 1 - 0j, -0.0 + 1j, complex(-0.0, -0.0), complex(0, -0.0), 1e20j, complex("inf"), complex(float("nan"), -float("inf")))
print(complex(1), complex(1.5, -2), complex("3+4j"), complex(" -1-2J "), complex("j"), complex("(1+2j)"))
for s in ("1 + 2j", "", "abc", "1+2", "1+2j3"):
    try:
        complex(s)
    except ValueError as e:
        print(e)
for src in ("1j < 2", "1j // 2", "1j % 2", "int(1j)", "float(1j)", "1j / 0", "0j ** -1", "divmod(1j, 1)"):
    try:
        eval(src)
    except (TypeError, ZeroDivisionError) as e:
        print(src, "->", e)
