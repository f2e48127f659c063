# operator methods on user classes
class V:
    def __init__(self, x): self.x = x
    def __add__(self, o): return V(self.x + (o.x if isinstance(o, V) else o))
    def __radd__(self, o): return V(o + self.x)
    def __mul__(self, o): return V(self.x * o)
    def __neg__(self): return V(-self.x)
    def __eq__(self, o): return isinstance(o, V) and self.x == o.x
    def __lt__(self, o): return self.x < o.x
    def __bool__(self): return self.x != 0
    def __repr__(self): return f"V({self.x})"
print(V(1) + V(2), V(1) + 2, 3 + V(1), V(4) * 2, -V(1))
print(V(1) == V(1), V(1) != V(2), V(1) < V(2), V(3) > V(2))
print(bool(V(0)), "t" if V(1) else "f")
print(sum([V(1), V(2), V(3)]))
print(sorted([V(3), V(1), V(2)]), max(V(1), V(9)))
