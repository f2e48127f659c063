# collections.abc: checks and mixins
from collections.abc import *
for o in (1, "a", [], (), {}, set(), range(1), iter([]), (i for i in []), len, None, b"", {}.keys(), memoryview(b"")):
    print(type(o).__name__, [n for n, c in (("H", Hashable), ("I", Iterable), ("It", Iterator), ("S", Sized), ("C", Container), ("Co", Collection), ("Seq", Sequence), ("MSeq", MutableSequence), ("Map", Mapping), ("Set", Set), ("Ca", Callable), ("G", Generator), ("R", Reversible), ("B", Buffer)) if isinstance(o, c)])
class S(Sequence):
    def __len__(self): return 3
    def __getitem__(self, i):
        if i >= 3: raise IndexError
        return i * 10
s = S(); print(list(s), 10 in s, s.index(20), s.count(0), list(reversed(s)))
class M(MutableMapping):
    def __init__(self): self.d = {}
    def __getitem__(self, k): return self.d[k]
    def __setitem__(self, k, v): self.d[k] = v
    def __delitem__(self, k): del self.d[k]
    def __iter__(self): return iter(self.d)
    def __len__(self): return len(self.d)
m = M(); m.update(a=1, b=2); print(m.pop("a"), m.setdefault("c", 3), dict(m), m.get("z"), list(m.items()), m == {"b": 2, "c": 3}); m.clear(); print(len(m))
try:
    class Bad(Sequence): pass
    Bad()
except TypeError as e:
    print(e)
