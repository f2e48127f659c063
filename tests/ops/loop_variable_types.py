# one loop whose values change type
def total(xs):
    t = xs[0]
    for x in xs[1:]: t = t + x
    return t
print(total([1, 2, 3]), total([1, 2.5, 3]), total([1.5, 2**70, True]), total(["a", "b"]), total([[1], [2]]), total([(1,), (2,)]), total([1, 1j]), total([2**62] * 4), total([b"a", b"b"]))
for i in range(3):
    for xs in ([1, 2], [1.0, 2.0], ["x", "y"], [2**64, 1]): print(total(xs), end=" ")
print()
def cnt(n, step):
    k = 0
    while n > 0: n = n - step; k += 1
    return k
print(cnt(10, 1), cnt(10.0, 1), cnt(10, 0.5), cnt(2**65, 2**63), cnt(True, True))
def mx(xs):
    m = None
    for x in xs:
        if m is None or x > m: m = x
    return m
print(mx([3, 1, 4]), mx([0.5, 2]), mx("hello"), mx([(1, 2), (1, 3)]), mx([]), mx([2**70, 2.0**71]))
try: total([1, "a"])
except TypeError as e: print(e)
try: mx([1, "a"])
except TypeError as e: print(e)
