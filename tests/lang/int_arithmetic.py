# the arithmetic operators on small ints
a = 17
b = 5
print(a + b, a - b, a * b)
print(a // b, a % b)
print(-a // b, -a % b)
print(a // -b, a % -b)
print(a / b)
print(a ** b, 2 ** -1, (-2) ** 3)
print(-a, +a, ~a)
print(divmod(17, 5), divmod(-17, 5))
