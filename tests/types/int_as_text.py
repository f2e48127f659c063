# ints to and from text in every base
for n in (0, 1, -1, 255, -255, 2**31, -2**63, 2**64, 10**25):
    print(str(n), hex(n), oct(n), bin(n), f"{n:x} {n:o} {n:b} {n:X} {n:#x}", int(hex(n), 16) == n, int(bin(n), 2) == n, int(str(n)) == n)
print([int(x, b) for x, b in (("zz", 36), ("1010", 2), ("-77", 8), ("FF", 16), ("10", 36))])
def tobase(n, b):
    if n < 0: return "-" + tobase(-n, b)
    digits = ""
    while True:
        n, r = divmod(n, b)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[r] + digits
        if not n: return digits
print([tobase(123456789, b) for b in (2, 3, 7, 16, 36)], all(int(tobase(10**30, b), b) == 10**30 for b in range(2, 37)))
