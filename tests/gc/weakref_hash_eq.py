# equality and hash of weak references
import weakref
class K:
    def __init__(self, n): self.n = n
    def __eq__(self, o): return isinstance(o, K) and self.n == o.n
    def __hash__(self): return hash(self.n)
a, b, c = K(1), K(1), K(2)
ra, rb, rc = map(weakref.ref, (a, b, c))
print(ra == rb, ra == rc, ra != rc, hash(ra) == hash(a), len({ra, rb, rc}))
ra2 = weakref.ref(a, lambda r: None)
print(ra == ra2, ra is ra2)
late = weakref.ref(b, lambda r: None)
del a, b
print(ra == rb, ra == ra, hash(ra) == hash(1))
try:
    hash(late)
except TypeError as e:
    print(e)
print(ra() is None, rc() is c)
