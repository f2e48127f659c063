# chained comparisons with objects and short circuits
class N:
    def __init__(self, v): self.v = v
    def __lt__(self, o): print(f"{self.v}<{o.v}", end=" "); return R(self.v < o.v)
    def __eq__(self, o): print(f"{self.v}=={o.v}", end=" "); return R(self.v == o.v)
class R:
    def __init__(self, b): self.b = b
    def __bool__(self): print("bool", end=" "); return self.b
    def __repr__(self): return f"R({self.b})"
a, b, c = N(1), N(2), N(3)
print(a < b < c)
print(b < a < c)
print(a == a == b)
print(not a < b)
print(1 if a < b else 2)
print((a < b) and "and")
x = a < b
print(x, (b < a) or "or")
print([n.v for n in (a, b, c) if n < c])
