# methods of float
print((2.5).is_integer(), (2.0).is_integer(), float("inf").is_integer())
print((0.5).as_integer_ratio(), (0.1).as_integer_ratio(), (-3.0).as_integer_ratio())
print((1.5).conjugate(), (1.5).real, (1.5).imag)
for x in (float("inf"), float("nan")):
    try:
        x.as_integer_ratio()
    except (OverflowError, ValueError) as e:
        print(type(e).__name__, e)
    try:
        int(x)
    except (OverflowError, ValueError) as e:
        print(type(e).__name__, e)
print(int(1e20), int(-1.9), int(1e308) % 1000007)
print(float.from_number(3), float.from_number(2.5))
print(hash(0.1), hash(1.5), hash(-0.5), hash(1e100), hash(2.0**-1074))
print(1.0.__trunc__(), 1.5.__floor__(), 1.5.__ceil__(), (-1.5).__floor__(), 2.7.__round__(), 2.75.__round__(1))
