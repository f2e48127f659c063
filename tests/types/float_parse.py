# float() from strings
for s in ("1", "1.5", ".5", "5.", "1e5", "1E-5", "+1.5", "-1.5", " 1.5 ", "1_0.5_5", "inf", "-Infinity", "nan", "+nan", "1e400", "-1e400", "1e-400", "0.1e1", "٣.٥"):
    print(repr(s), float(s))
for s in ("", " ", ".", "e5", "1e", "1e+", "1__0", "_1.0", "1._0", "0x1", "infin", "1,5", "1.5.5"):
    try:
        print(float(s))
    except ValueError as e:
        print(e)
print(float(b"2.5"), float(), float(True))
try:
    float([])
except TypeError as e:
    print(e)
try:
    float(10 ** 400)
except OverflowError as e:
    print(e)
