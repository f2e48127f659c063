# comparisons under changing types
def cmp(a, b): return [a < b, a <= b, a == b, a != b, a > b, a >= b]
for a, b in ((1, 2), (2, 2), (2**62, 2**63), (-2**63, 2**63), (1.5, 1), (1, 1.0), (float("nan"), 1.0), ("a", "b"), ("a", "a"), ("", "a"), ([1], [1, 2]), ((1, 2), (1, 2)), (True, 1), ({1}, {1, 2}), (b"a", b"b"), (2**53, 2.0**53 + 2), (2**64, 2.0**64)):
    print(a, b, cmp(a, b))
def branch(a, b):
    if a < b: return "lt"
    elif a == b: return "eq"
    elif not a <= b: return "gt"
    return "unordered"
print(branch(1, 2), branch(2, 2), branch(3, 2), branch(1.0, 2), branch("b", "a"), branch(2**70, 1), branch([0], [0]))
class E:
    def __eq__(self, o): return "truthy eq"
    def __ne__(self, o): return []
    def __lt__(self, o): return 0
print(E() == 1, E() != 1, E() < 1, branch(E(), 1), not (E() == 1), 1 == E())
class X:
    def __bool__(self): raise ValueError("no bool")
class Y:
    def __lt__(self, o): return X()
try:
    if Y() < 1: pass
except ValueError as e:
    print(e)
