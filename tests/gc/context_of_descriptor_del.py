# __set__, __delete__ and slots let old values go
class D:
    def __init__(self, n): self.n = n
    def __del__(self): print("del", self.n)
class S:
    __slots__ = ("a", "b")
s = S()
s.a = D(1)
s.a = D(2)
print("replaced")
del s.a
print("deleted")
s.b = D(3)
del s
print("object gone")
g = D("global")
def f():
    global g
    g = D("new global")
    print("in f")
f()
del g
def outer():
    x = D("cell")
    def inner():
        nonlocal x
        x = D("cell 2")
        print("inner")
    inner()
    print("outer end")
outer()
print("end")
