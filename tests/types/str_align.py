# center, ljust, rjust, zfill
for s in ("ab", "abc", "", "-5", "+12", "é"):
    print([s.center(6), s.center(7, "*"), s.ljust(5, "."), s.rjust(5), s.zfill(5), s.center(1)])
for f in (lambda: "a".center(5, "xx"), lambda: "a".ljust("5"), lambda: "a".rjust(3, 1)):
    try:
        f()
    except TypeError as e:
        print(e)
