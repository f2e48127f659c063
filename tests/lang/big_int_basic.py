# ints beyond 64 bits
a = 2 ** 64
b = 10 ** 30
print(a, a - 1, -a, a * a)
print(b // a, b % a, b - b, b + 1)
print(a == 2 ** 64, a > b, hash(a) == hash(2 ** 64))
print(9223372036854775807 + 1, -9223372036854775808 - 1)
print(4611686018427387904 * 2, 3037000500 * 3037000500)
print((a * b) // b == a, b ** 3)
print(int("123456789" * 5), str(2 ** 200))
import functools
print(functools.reduce(lambda x, y: x * y, range(1, 31)))
