# float.hex and float.fromhex
for x in (0.0, -0.0, 1.0, 0.1, -2.5, 1e300, 5e-324, 2.2250738585072014e-308, float("inf"), float("nan"), 3.141592653589793):
    h = x.hex()
    print(h, float.fromhex(h) == x or x != x)
for s in ("0x1p3", "1.8p1", "0x.8", "-0x1.ap-3", "inf", "nan", " 0X1P+0 ", "0x10"):
    print(s, float.fromhex(s))
for s in ("", "xyz", "0x1p2000", "1.8.1"):
    try:
        print(float.fromhex(s))
    except (ValueError, OverflowError) as e:
        print(type(e).__name__, e)
