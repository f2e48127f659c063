# queens, primes, gray codes, matrix product, collatz, roman numbers
def queens(n, cols=()):
    if len(cols) == n: return 1
    return sum(queens(n, cols + (c,)) for c in range(n) if all(c != x and abs(c - x) != len(cols) - i for i, x in enumerate(cols)))
print(queens(6))
def sieve(n):
    p = bytearray([1]) * (n + 1)
    for i in range(2, int(n ** 0.5) + 1):
        if p[i]: p[i * i::i] = bytes(len(p[i * i::i]))
    return [i for i in range(2, n + 1) if p[i]]
print(sieve(60), len(sieve(5000)))
def gray(n): return [""] if n == 0 else ["0" + x for x in gray(n - 1)] + ["1" + x for x in gray(n - 1)[::-1]]
print(gray(3))
def matmul(a, b): return [[sum(x * y for x, y in zip(r, c)) for c in zip(*b)] for r in a]
print(matmul([[1, 2], [3, 4]], [[5, 6], [7, 8]]))
def collatz(n):
    k = 0
    while n != 1: n = n // 2 if n % 2 == 0 else 3 * n + 1; k += 1
    return k
print([collatz(n) for n in range(1, 20)])
def roman(n):
    out = ""
    for v, s in ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        while n >= v: out += s; n -= v
    return out
print([roman(n) for n in (4, 1994, 2024)])
def perms(s): return [s] if len(s) < 2 else [c + p for i, c in enumerate(s) for p in perms(s[:i] + s[i + 1:])]
print(perms("abc"), sum(int(d) for d in str(2 ** 100)))
