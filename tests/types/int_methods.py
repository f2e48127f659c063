# methods and attributes of int
print((255).bit_length(), (0).bit_length(), (-256).bit_length(), (2**100).bit_length())
print((255).bit_count(), (-7).bit_count(), (2**64 - 1).bit_count())
print((1024).to_bytes(2, "big"), (1024).to_bytes(4, "little"), (-2).to_bytes(2, "big", signed=True), (5).to_bytes())
print(int.from_bytes(b"\x04\x00"), int.from_bytes(b"\xff\xfe", "little"), int.from_bytes(b"\xff", signed=True), int.from_bytes([1, 2], "big"))
print((7).conjugate(), (7).numerator, (7).denominator, (7).real, (7).imag, (7).as_integer_ratio(), (7).is_integer())
for f in (lambda: (300).to_bytes(1), lambda: (-1).to_bytes(1), lambda: (1).to_bytes(1, "middle"), lambda: (1).to_bytes(-1)):
    try:
        f()
    except (OverflowError, ValueError) as e:
        print(type(e).__name__, e)
print(int.__doc__.split("\n")[0])
