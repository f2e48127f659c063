# instance attributes changed in hot loops
class P:
    total = 0
    def __init__(self, x): self.x = x; self.hits = 0
    def hit(self): self.hits += 1; P.total += self.x; return self
ps = [P(i) for i in range(5)]
for r in range(100): ps[r % 5].hit()
print([p.hits for p in ps], P.total)
class V:
    __slots__ = ("a", "b")
    def __init__(self): self.a = self.b = 0
v = V()
for i in range(100): v.a += i; v.b = v.a - v.b
print(v.a, v.b)
class Chain:
    def __init__(self): self.n = 0
    def add(self, k): self.n += k; return self
print(Chain().add(1).add(2).add(3).n)
class Prop:
    def __init__(self): self._v = 0
    @property
    def v(self): return self._v
    @v.setter
    def v(self, x): self._v = x % 17
p = Prop()
for i in range(50): p.v += i
print(p.v)
import types
n = types.SimpleNamespace(k=0)
for i in range(10): n.k += i; setattr(n, f"a{i}", n.k)
print(n.k, n.a5, len(vars(n)))
