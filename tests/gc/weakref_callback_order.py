# weak reference callbacks run before or after __del__
import weakref
class C:
    def __init__(self, n): self.n = n
    def __del__(self): print("del", self.n)
c = C("x")
refs = [weakref.ref(c, lambda w, i=i: print("callback", i)) for i in range(3)]
del c
print("--")
c = C("y")
r = weakref.ref(c, lambda w: print("never: ref dies first"))
del r
del c
print("--")
class R:
    def __del__(self):
        print("resurrect, ref:", rr() is None)
        keep.append(self)
keep = []
x = R()
rr = weakref.ref(x, lambda w: print("callback of resurrected"))
del x
print(len(keep), rr() is None)
