# __del__ runs as soon as the last reference goes
class D:
    def __init__(self, n): self.n = n
    def __del__(self): print("del", self.n)
a = D("a")
del a
print("after a")
b = D("b")
b = D("b2")
print("rebound")
c = d = D("c")
del c
print("still alive")
d = None
print("gone")
D("temp")
print("after temp")
lst = [D("l0"), D("l1")]
del lst[0]
lst.clear()
print("end")
