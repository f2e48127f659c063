# very large ints: multiplication, division, powers, printing
a = 3 ** 2000
b = 7 ** 1500
print(len(str(a)), len(str(b)), str(a)[:20], str(a)[-20:], a % 10**20)
p = a * b
print(len(str(p)), p // a == b, p % b, divmod(p + 5, a) == (b, 5), str(p)[:10])
print(str(a // b)[:30], a.bit_length(), (a >> 3000), (a & 2**64 - 1), pow(a, b, 10**9 + 7))
import math
print(math.isqrt(a * a) == a, math.gcd(a * 6, b * 4), len(str(math.factorial(1000))), str(math.factorial(1000))[:15])
f = [0, 1]
for _ in range(1000): f.append(f[-1] + f[-2])
print(str(f[-1])[:20], f[300])
x = 1
for i in range(1, 400): x = x * i % (2**127 - 1)
print(x, hash(a) == hash(a * 1), a == b, a > b, -a < b, a ^ b ^ a == b, ~a == -a - 1)
