# reprs of recursive and nested containers
from types import SimpleNamespace
n = SimpleNamespace(a=1); n.me = n; print(n)
l = [1]; l.append(l); print(l, [l])
d = {"k": 1}; d["d"] = d; print(d)
t = ([],); t[0].append(t); print(t)
s = {"x": [d]}; print(s)
class L(list): pass
x = L([1]); x.append(x); print(x)
from collections import deque, OrderedDict
q = deque([1]); q.append(q); print(q)
o = OrderedDict(a=1); o["o"] = o; print(o)
print([(), [], {}, set(), frozenset(), (1,), {1: ()}, [[[]]], ((),)], [None, ..., NotImplemented, int, len, 1.0, 2j, b"", "'"])
