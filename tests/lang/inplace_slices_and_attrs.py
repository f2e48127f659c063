# augmented assignment through nested targets
class O: pass
o = O(); o.d = {"l": [1, 2, 3]}
o.d["l"][1] += 10
o.d["l"][0:2] += ["x"]
o.d["n"] = o.d.get("n", 0)
o.d["n"] -= 5; o.d["n"] **= 2
o.c = 0
for o.c in range(3): o.d["n"] += o.c
print(vars(o))
m = [[1] * 3 for _ in range(2)]
m[0][0] += 1; m[1][2] *= 5; m[-1][-1] -= 1
print(m)
s = {1}; t = s
s |= {2}; s &= {2, 3}; s ^= {4}
print(s, t is s)
f = frozenset({1}); g = f
f |= {2}
print(sorted(f), sorted(g))
b = bytearray(b"a"); c = b
b += b"b"; b *= 2
print(b, c is b)
import collections
q = collections.deque([1]); q += [2]; q *= 2; print(q)
k = collections.Counter(a=1); k += {"a": 2} if False else collections.Counter(a=2); print(k)
x = [0]; x[0], x[-1:] = 5, [6, 7]; print(x)
