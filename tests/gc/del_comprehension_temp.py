# temporaries of expressions die at once
class D:
    def __init__(self, n): self.n = n
    def __del__(self): print("del", self.n)
    def __add__(self, o): return D(f"({self.n}+{o.n})")
    def get(self): return self
r = D("a") + D("b")
print("added", r.n)
del r
print(D("m").get().n)
print([D(i).n for i in range(2)])
x = [D("in list")][0]
print("indexed")
del x
if D("cond"): print("in if")
for i in [D("loop")]: print("looping", i.n)
del i
print("str", str(D("s").n))
(lambda a: print("called", a.n))(D("lam"))
while D("w"):
    break
