# formatting complex numbers
for spec in ("", ".2f", "10.1f", "e", "g", ">20", "+.1f", ",.1f"):
    print(spec, "|" + format(1234.5 - 2.25j, spec) + "|")
print(str(1j), f"{1+0j}", "%s" % (2j), format(1.5j, ".3"))
for spec in ("d", "05", "=10", "%"):
    try:
        format(1j, spec)
    except ValueError as e:
        print(spec, "->", e)
print(complex.from_number(3), complex(1j, 1j) if False else "", complex(real=1, imag=2))
