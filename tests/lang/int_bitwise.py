# bit operators and shifts on ints
print(12 & 10, 12 | 10, 12 ^ 10)
print(~0, ~5, ~-1)
print(1 << 10, 1024 >> 3, -1 >> 5, -17 >> 2)
print(1 << 100)
print((1 << 100) >> 98)
print(-5 & 0xFF, -5 | 3, -5 ^ 3)
print(True & False, True | False, True ^ True)
