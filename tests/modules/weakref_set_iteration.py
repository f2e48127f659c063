# weakref: iteration guards and getweakrefs
import weakref
class C:
    def __init__(self, n): self.n = n
objs = [C(i) for i in range(5)]
s = weakref.WeakSet(objs)
seen = []
for o in s:
    seen.append(o.n)
    if len(seen) == 2: objs.pop()
    del o
print(len(seen) >= 4, len(s))
d = weakref.WeakValueDictionary({i: o for i, o in enumerate(objs)})
for k in list(d.keys()): print(k, end=" ")
print(d.pop(0).n, sorted(r().n for r in d.valuerefs()), d.setdefault(9, objs[1]).n, 9 in d)
k = weakref.WeakKeyDictionary(); [k.__setitem__(o, o.n) for o in objs]; print(sorted(k.values()), len(k.keyrefs())); objs.clear(); o = None
import gc; gc.collect(); print(len(s), len(k))
