# % and format agree for many specs
for v in (0, 7, -7, 1234567, 2**40):
    for flags in ("", "-", "+", " ", "0"):
        for w in ("", "9"): print(("%" + flags + w + "d") % v, end="|")
    print()
for v in (0.0, 1.5, -2.345, 1e10, 1e-10, 123456.789):
    for c in "feg":
        for p in ("", ".0", ".1", ".8"): print(("%" + p + c) % v, end="|")
    print()
print(all(("%.*f" % (p, v)) == format(v, f".{p}f") for p in range(20) for v in (0.1, 2.5, 1 / 3, 1e15, 1e-9)), "%#x %#o %#.3g %+.2e %-8s| %08.3f" % (255, 8, 1.0, 12345.678, "ab", 3.14159))
