# int() from strings
for s in ("12", "-12", "+12", " 12\n", "1_000", "0", "-0", "00012", "٣", "１２"):
    print(repr(s), int(s))
for s in ("", " ", "1__0", "_1", "1_", "0x10", "1.5", "1e3", "--1", "1 2", "a"):
    try:
        int(s)
    except ValueError as e:
        print(e)
for s, b in (("ff", 16), ("0xff", 16), ("0b11", 2), ("0o17", 8), ("z", 36), ("0x1f", 0), ("10", 0), ("zz", 36)):
    print(s, b, int(s, b))
for s, b in (("2", 2), ("010", 0), ("g", 16), ("1", 1), ("1", 37), ("0x", 16)):
    try:
        int(s, b)
    except ValueError as e:
        print(e)
print(int(b"12"), int(bytearray(b"7")), int("7", base=8), int())
try:
    int(5, 10)
except TypeError as e:
    print(e)
