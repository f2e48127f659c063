# bases and underscores in int literals
print(0x1F, 0o17, 0b1011, 1_000_000)
print(0xdead_beef, 0b1111_0000)
print(00, 0_0)
print(123456789012345678901234567890)
