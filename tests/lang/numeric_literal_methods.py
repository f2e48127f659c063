# attributes of numeric literals
print((5).bit_length(), 5 .bit_length(), 5.0.is_integer(), 1e3.hex(), 1_000.0, 0xFF.real, 3j.imag, (-1).__abs__(), -1 .__abs__())
print(1 if True else 2, [0x1 for x in (1,)], 1 or 2)
