# shifts and powers with odd operands
for src in ("1 << -1", "1 >> -1", "0 << 10**30", "5 >> 10**30", "-5 >> 10**30", "2 ** 0.5", "(-8) ** (1/3)", "0 ** 0",
            "pow(2, -1, 4)", "pow(2, 3, 0)", "pow(3, 4, -5)", "pow(2, 3, 1)", "1.5 << 1", "2 ** -2", "(-2) ** -3", "pow(2, 3, 2.0)"):
    try:
        print(src, "=", eval(src))
    except Exception as e:
        print(src, "->", type(e).__name__, e)
