# arithmetic of large ints
a = 123456789012345678901234567890
b = 987654321098765432109876543210987654321
for x, y in ((a, b), (b, a), (-a, b), (b, -a), (-b, -a)):
    print(x + y, x - y)
    print(x * y)
    print(x // y, x % y, divmod(x, y))
print(a ** 5)
print(pow(a, b, 10**9 + 7), pow(a, -1, 10**9 + 7))
print(-a // 10**10, -a % 10**10)
print(a << 70, b >> 70, -b >> 70, -b >> 1000)
print(a & b, a | b, a ^ b, ~a)
print(-a & b, -a | b, a ^ -b)
