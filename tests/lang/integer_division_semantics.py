# floor division and modulo signs for int and float
for a, b in ((7, 3), (-7, 3), (7, -3), (-7, -3), (6, 3), (0, 5)):
    print(a, b, a // b, a % b, divmod(a, b))
for a, b in ((7.5, 2), (-7.5, 2), (7.5, -2), (1e20, 3), (-0.0, 1), (5.0, float("inf")), (-5.0, float("inf"))):
    print(a, b, a // b, a % b)
for src in ("1 // 0", "1 % 0", "1.0 / 0", "1.0 // 0", "1.0 % 0", "divmod(1, 0)", "1 / 0", "0 ** -1", "0.0 ** -1", "1j / 0", "divmod(1.0, 0)"):
    try:
        eval(src)
    except ZeroDivisionError as e:
        print(src, "->", e)
