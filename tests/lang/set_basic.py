# set literals and operators
s = {1, 2, 3}
t = {2, 3, 4}
print(s | t, s & t, s - t, s ^ t)
s.add(10)
s.discard(99)
s.remove(1)
print(sorted(s), len(s), 2 in s)
print({1, 2} <= {1, 2, 3}, {1} < {1}, {1, 2} == {2, 1})
print(set(), set([1, 1, 1]), frozenset([2]))
print({x % 3 for x in range(10)})
