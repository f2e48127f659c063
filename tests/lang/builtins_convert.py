# int(), float(), str(), bool() and friends
print(int("42"), int(" -7 "), int("ff", 16), int("0b101", 0), int(3.9), int(-3.9), int(True))
print(float("1.5"), float("inf"), float("-nan"), float(3), float("1e3"))
print(str(5), str(1.0), str(None), str([1, "a"]))
print(bool(0), bool("0"), bool([]), bool([0]))
print(list("abc"), tuple([1]), set("a"), dict([(1, 2)]), dict(a=1))
print(complex(1, 2), complex("1+2j"), bytes([65, 66]), bytes(2))
for call in ("int('x')", "int('')", "int(None)", "float('q')", "int([])", "int('9', 8)"):
    try:
        eval(call)
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
