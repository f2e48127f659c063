# bound methods are values
class C:
    def __init__(self, v): self.v = v
    def m(self, x=0): return self.v + x
c = C(10)
f = c.m
print(f(), f(5), f.__self__ is c, f.__func__ is C.m, f.__name__)
print(c.m == c.m, c.m is c.m, c.m == C(10).m)
c.m2 = C.m
try:
    c.m2()
except TypeError as e:
    print(e)
import types
c.m3 = types.MethodType(lambda self, y: (self.v, y), c)
print(c.m3(1))
try:
    C.m()
except TypeError as e:
    print(e)
print([].append.__name__, type([].append).__name__, type(list.append).__name__, type(c.m).__name__)
