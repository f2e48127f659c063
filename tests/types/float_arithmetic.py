# float arithmetic corner cases
inf, nan = float("inf"), float("nan")
print(inf - inf, inf * 0, inf + 1, -inf, inf // 1, 1 // inf, -1 // inf, 1 % inf, -1 % inf, inf % 2)
print(nan == nan, nan != nan, nan < 1, nan > 1, max(nan, 1), max(1, nan), min(nan, 1))
print(0.0 == -0.0, str(-0.0), 1e308 * 10, -1e308 * 10, 5e-324 / 2)
print(2.0 ** 0.5, 2.0 ** -1, (-2.0) ** 2, (-2.0) ** 0.5, 0.0 ** 0, inf ** 0, nan ** 0, 1 ** nan)
print(7.5 // 2, 7.5 % 2, -7.5 // 2, -7.5 % 2, divmod(7.5, -2), 1e16 + 1, 0.1 * 3)
for src in ("1e308 ** 2", "2.0 ** 10000", "0.0 ** -1.5", "1.5 // 0", "1.5 % 0.0"):
    try:
        print(eval(src))
    except ArithmeticError as e:
        print(src, type(e).__name__, e)
print(1.5 + True, 1 + 2.5, 10**20 + 0.5, 3 * 1.1)
print(sum([0.1] * 10), sum([1e100, 1, -1e100]))
