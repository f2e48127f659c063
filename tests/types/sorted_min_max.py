# sorted, min, max, sum with keys and defaults
print(min(3, 1), max("ab", "b"), min([5, 2]), max([], default=None), min([], default=0), max([1, 2], key=lambda x: -x), min("bca", key=ord), max(1, 2, key=lambda x: -x), max([(1, "a"), (1, "b")], key=lambda t: t[0]))
print(sum([1, 2]), sum([], 5), sum([[1], [2]], []), sum((0.1,) * 10), sum([1, 2.5]), sum([True, True]), sum([1j, 2]), sum([2**62, 2**62]), sum(range(5), start=100), sum([0.1, 0.2, 0.3, -0.6]))
for f in (lambda: min([]), lambda: max(), lambda: min(1), lambda: max([1, "a"]), lambda: sum(["a"]), lambda: sum(["a"], ""), lambda: sum([b"a"], b""), lambda: sum([bytearray()], bytearray()), lambda: min(1, 2, default=3), lambda: max([1], foo=1), lambda: sum(1), lambda: sum([[]]), lambda: sorted(5), lambda: sorted([1], reverse="x")):
    try: print(f())
    except (TypeError, ValueError) as e: print(type(e).__name__, e)
