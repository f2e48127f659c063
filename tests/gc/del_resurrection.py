# an object may save itself, and is finalised only once
saved = []
class R:
    def __init__(self, n): self.n = n
    def __del__(self):
        print("del", self.n)
        saved.append(self)
r = R(1)
del r
print(len(saved), saved[0].n)
saved.clear()
print("cleared, not finalised again")
import gc
class C:
    def __del__(self):
        print("cycle del")
        saved.append(self)
c = C(); c.me = c
del c
gc.collect()
print(len(saved))
saved[0].me = None
saved.clear()
print("end")
