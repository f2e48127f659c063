# cycles are collected by gc.collect
import gc
class N:
    def __init__(self, n): self.n = n
    def __del__(self): print("del", self.n)
gc.collect()
a, b = N("a"), N("b")
a.o, b.o = b, a
del a, b
print("unreachable")
gc.collect()
print("collected")
x = N("self"); x.me = x
del x
gc.collect()
l = [N("in list")]; l.append(l)
del l
gc.collect()
print("end")
