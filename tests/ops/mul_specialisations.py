# * under changing types and overflow
def mul(a, b):
    return a * b
for a, b in ((3, 4), (-3, 4), (2**31, 2**31), (2**32, 2**31), (-2**32, 2**31), (3037000500, 3037000500), (2**62, 2), (2**62, -2), (0, -5), (1.5, 2), (2, 0.5), ("ab", 3), (3, "ab"), ([0], 2), (2, (1,)), ("x", -1), ("x", 0), (True, "y"), (b"z", 2), (2**40, 2**40), (0, 1.5), (-1, 0.0)):
    print(mul(a, b), end="; ")
print()
for a, b in (("a", "b"), ([], []), ("a", 1.5), (None, 2), ("a" , 10**30)):
    try:
        mul(a, b)
    except (TypeError, OverflowError) as e:
        print(type(e).__name__, e)
