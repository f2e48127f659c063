# frozenset
f = frozenset([3, 1, 2, 1])
print(sorted(f), len(f), 1 in f, f == {1, 2, 3}, hash(f) == hash(frozenset([1, 2, 3])), frozenset() is frozenset(), frozenset(f) is f)
print(type(f | {9}).__name__, type({9} | f).__name__, sorted(f & {1, 2}), sorted(f - {1}), f < {0, 1, 2, 3}, f.isdisjoint([7]))
print({f: "key"}[frozenset([1, 2, 3])], frozenset("a"), repr(frozenset()), f.copy() is f, {frozenset([1])} == {frozenset([1])})
print(frozenset([1]) in {frozenset([1])}, {1} in {frozenset([1])})
for g in (lambda: f.add(1), lambda: frozenset([[]]), lambda: f.pop()):
    try:
        g()
    except Exception as e:
        print(type(e).__name__, e)
class F(frozenset): pass
x = F([1])
print(repr(x), type(x | x).__name__, type(x.copy()).__name__, x == frozenset([1]), F([2, 2]))
class S(set): pass
print(S([1]), type(S([1]) & S([1])).__name__, S())
h = hash(f)
f |= {10}
print(sorted(f), type(f).__name__)
