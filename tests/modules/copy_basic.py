# copy: shallow, deep, cycles, hooks
import copy
a = [1, [2, 3], {"k": [4]}]
s, d = copy.copy(a), copy.deepcopy(a)
a[1].append(9); a[2]["k"].append(5)
print(a, s, d, s[1] is a[1], d[1] is a[1])
l = [1]; l.append(l); c = copy.deepcopy(l); print(c[1] is c, c is not l)
class P:
    def __init__(self): self.x = [1]; self.me = self
p = P(); q = copy.deepcopy(p); print(q.me is q, q.x == p.x, q.x is p.x, copy.copy(p).x is p.x)
class H:
    def __copy__(self): return "copied"
    def __deepcopy__(self, memo): return "deep", len(memo)
print(copy.copy(H()), copy.deepcopy(H()), copy.deepcopy([H()]))
print(copy.copy(5), copy.deepcopy("s"), copy.copy((1, [2])), copy.deepcopy(len) is len, copy.copy({1}), copy.deepcopy(frozenset([1])), copy.copy(bytearray(b"a")), copy.deepcopy(range(3)), copy.copy(None), copy.copy(int) is int)
t = (1, (2, 3)); print(copy.deepcopy(t) is t, copy.copy(t) is t); x = [0]; y = copy.deepcopy([x, x]); print(y[0] is y[1])
class S:
    __slots__ = ("a", "b")
o = S(); o.a = [1]; z = copy.copy(o); print(z.a is o.a, hasattr(z, "b"), copy.deepcopy(o).a)
class G:
    def __init__(self): self.v = 1
    def __getstate__(self): return {"v": self.v + 1}
    def __setstate__(self, st): self.v = st["v"] * 10
print(copy.copy(G()).v)
try: copy.copy((i for i in []))
except TypeError as e: print(e)
class R: 
    def __init__(self, a, b): self.a, self.b = a, b
    def __replace__(self, /, **k): return R(**(vars(self) | k))
r = copy.replace(R(1, 2), b=9); print(r.a, r.b)
