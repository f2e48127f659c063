# set methods and operators
a, b = {1, 2, 3}, {3, 4}
print(a | b, a & b, a - b, a ^ b, a.union(b, [9]), a.intersection([2, 3], b), a.difference([1], [2]), a.symmetric_difference([1, 7]))
print(a <= b, a < {1, 2, 3, 4}, a >= {1}, a > a, a == {3, 2, 1}, a.issubset([1, 2, 3]), a.issuperset([1]), a.isdisjoint([8]), a != b)
c = set(a)
c.add(10); c.update([11], {12}); c.discard(1); c.remove(2)
print(sorted(c), c.copy() == c)
c &= {10, 11, 99}; print(sorted(c))
c |= {1}; c -= {10}; c ^= {1, 2}
print(sorted(c))
c.intersection_update([2, 11]); c.difference_update([2]); c.symmetric_difference_update([5])
print(sorted(c), len(c), {7}.pop())
for f in (lambda: set().pop(), lambda: {1}.remove(2), lambda: {[]}, lambda: {1} | [2], lambda: hash(set()), lambda: {1} < [1], lambda: set(5), lambda: {1}.add([]), lambda: {1} + {2}, lambda: a[0]):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)
c.clear(); print(c, set("aab") == {"a", "b"}, {1, True, 1.0}, frozenset({1}) == {1})
