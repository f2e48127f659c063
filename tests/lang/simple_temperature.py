# a first program: loop and formatting
for c in range(-10, 41, 10):
    f = c * 9 / 5 + 32
    print(c, "C is", f, "F")
