# & | ^ << >> under changing types
def band(a, b): return a & b
def bor(a, b): return a | b
def bxor(a, b): return a ^ b
def shl(a, b): return a << b
def shr(a, b): return a >> b
for a, b in ((12, 10), (-12, 10), (2**70, -1), (-2**70, 2**69), (True, 3), (0, 2**64), (-1, -2**64)):
    print(band(a, b), bor(a, b), bxor(a, b))
for a, b in ((1, 0), (1, 61), (1, 62), (1, 63), (1, 64), (-1, 63), (-1, 64), (3, 62), (0, 1000), (5, 1), (2**62, 1)):
    print(shl(a, b), shr(a, b), end="; ")
print(shr(-5, 100), shr(2**100, 99), shr(-2**100, 99))
print(band({1, 2}, {2}), bor({1}, {2}), bxor({1}, {1, 2}), bor({"a": 1}, {"b": 2}), bor(int, str), band(True, False))
for f in (band, bor, bxor, shl, shr):
    for a, b in ((1, 1.5), ("a", 1), (1, -1)):
        try:
            f(a, b)
        except (TypeError, ValueError) as e:
            print(f.__name__, e)
