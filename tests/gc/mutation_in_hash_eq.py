# containers changed by __eq__ while they are searched
class K:
    def __init__(self, n, act=None): self.n, self.act = n, act
    def __hash__(self): return 1
    def __eq__(self, o):
        if self.act: self.act()
        return self is o
d = {}
k = K(1)
d[k] = 1
probe = K(2, lambda: d.update({5: 5, 6: 6}) if len(d) < 3 else None)
print(probe in d, len(d))
s = {K(1)}
probe = K(2, s.clear)
print(probe in s, len(s))
class L:
    def __init__(self, l): self.l = l
    def __lt__(self, o): return False
    def __repr__(self): return "L"
l = []
l.extend([L(l), L(l)])
print(sorted(l), [l[0]] == [l[1]])
it = iter([1, 2, 3])
class It:
    def __iter__(self): return self
    def __next__(self): return next(it)
print(list(It()), list(It()))
