# format specs of float
vals = (0.0, 1.0, -1.5, 3.14159265, 1234567.891, 1e-10, 1e20, float("inf"), float("nan"), -0.0)
for spec in ("", "f", ".2f", "10.3f", "<10.1f", "+.1f", " .1f", "e", ".2e", "E", "g", ".3g", "G", "%", ".1%", ",", ",.2f", "_.1f", "010.2f", "^12.2f", ".0f", "#.0f", ".10g", "n", "z.1f", "*>10"):
    print(spec.ljust(7), " ".join(format(v, spec) for v in vals))
for spec in ("d", "x", "s", "c", "q", ",_f"):
    try:
        format(1.5, spec)
    except ValueError as e:
        print(spec, "->", e)
