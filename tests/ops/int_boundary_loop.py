# sums and products that grow past small ints inside a loop
n = 1
for i in range(1, 26):
    n = n * i
print(n)
s = 2**61
for i in range(8): s += s
print(s)
for i in range(8): s //= 2
print(s)
x = 2**31
for op in range(4):
    x = x * x + 1
    print(x)
y = -2**63
print(-y, abs(y), ~y, y - 1, y + y, y * -1, y // -1, y % -1, -(-y))
a, b = 0, 1
for _ in range(100): a, b = b, a + b
print(a)
h = 0
for c in "hash me": h = (h * 31 + ord(c)) & 0xFFFFFFFF
print(h)
h = 14695981039346656037
for c in b"fnv": h = ((h ^ c) * 1099511628211) % 2**64
print(h)
