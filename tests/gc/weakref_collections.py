# WeakValueDictionary, WeakKeyDictionary, WeakSet
import weakref
class C:
    def __init__(self, n): self.n = n
a, b = C("a"), C("b")
v = weakref.WeakValueDictionary(a=a, b=b)
print(sorted(v), len(v), v["a"].n, v.get("z"))
del a
print(sorted(v), "a" in v)
k = weakref.WeakKeyDictionary()
k[b] = "value b"
c = C("c"); k[c] = "value c"
print(len(k), k[b], sorted(x.n for x in k))
del c
print(len(k))
s = weakref.WeakSet([b])
d = C("d"); s.add(d)
print(len(s), b in s)
del d
print(len(s), [x.n for x in s])
del b
print(len(v), len(k), len(s))
