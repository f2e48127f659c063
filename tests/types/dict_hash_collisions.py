# keys with equal hashes and failing comparisons
class K:
    def __init__(self, n, h): self.n, self.h = n, h
    def __hash__(self): return self.h
    def __eq__(self, o): return isinstance(o, K) and self.n == o.n
    def __repr__(self): return f"K{self.n}"
d = {K(i, i % 3): i for i in range(20)}
print(len(d), d[K(7, 1)], K(7, 2) in d, K(99, 0) in d)
for i in range(0, 20, 2): del d[K(i, i % 3)]
print(list(d), d.get(K(4, 1)), d.get(K(5, 2)))
class Bad:
    def __hash__(self): return 1
    def __eq__(self, o): raise ValueError("no eq")
b = {Bad(): 1}
try:
    b[Bad()]
except ValueError as e:
    print(e)
class NoHash:
    def __hash__(self): raise TypeError("nohash")
try:
    {NoHash(): 1}
except TypeError as e:
    print(e)
class HugeHash:
    def __hash__(self): return 2 ** 200
print(hash(HugeHash()) == hash(2 ** 200), {HugeHash(): 1} != {})
class BadHash:
    def __hash__(self): return "x"
try:
    hash(BadHash())
except TypeError as e:
    print(e)
