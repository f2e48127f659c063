# format specs of int
for spec in ("d", "5d", "<5d", "^5d", "+d", " d", "05d", "x", "X", "#x", "#X", "o", "#o", "b", "#b", "#010x", "c", ",", "_", "_x", "n", "e", ".2f", "g", "%", "*^9", "=+6", "010,", "<08"):
    print(spec.ljust(6), "|" + format(65, spec) + "|", "|" + format(1234567, spec) + "|" if spec != "c" else "")
print(format(-1234567, ","), format(-5, "05"), format(-255, "#x"), f"{-3:+}", format(True, "d"), format(True, ""))
for spec in ("q", ".3d", "s", ",x", "+c", ".2", "1000000000000000000000d"):
    try:
        print(format(65, spec))
    except ValueError as e:
        print(spec, "->", e)
print(f"{10**30:,}", f"{2**70:_x}", f"{10**20:e}")
