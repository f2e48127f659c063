# in, not in, is, is not
def has(a, b): return a in b, a not in b
print(has(1, [1, 2]), has(1, (2,)), has("a", "abc"), has("", ""), has("k", {"k": 1}), has(3, {1, 2}), has(5, range(10)), has(1.0, [1]), has(b"a", b"abc"), has(97, b"a"), has(None, [None]))
class C:
    def __contains__(self, x): return x * 5
print(has(0, C()), has(1, C()))
class I:
    def __iter__(self): yield from (1, 2)
print(has(2, I()), has(3, I()))
class G:
    def __getitem__(self, i):
        if i < 3: return i
        raise IndexError
print(has(2, G()), has(9, G()))
class N:
    __contains__ = None
    def __iter__(self): return iter([1])
for a, b in ((1, 5), (1, "a"), ([], {1}), (1, N())):
    try:
        has(a, b)
    except TypeError as e:
        print(e)
a = []; b = a
print(a is b, a is not b, a is [], None is None, (a is b) is True)
