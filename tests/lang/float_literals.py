# float literal forms
print(1.0, .5, 5., 1e3, 1E-3, 1_0.0_1)
print(1e100, 1e16, 1e15, 123456789.123)
print(0.1 + 0.2, 1 / 3)
print(1e400, -1e400)
print(0.0001, 0.00001)
