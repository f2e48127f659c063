# super() attribute and method lookups, cached or not
class A:
    v = "A.v"
    def m(self, x=0): return ("A", x)
    @property
    def p(self): return "A.p"
    @classmethod
    def c(cls): return cls.__name__
    def __getitem__(self, k): return ("item", k)
class B(A):
    v = "B.v"
    def m(self, x=1): return ("B",) + super().m(x)
    @property
    def p(self): return "B+" + super().p
    def both(self): return super().v, super().m(5), super().m, super().c()
    def __getitem__(self, k): return super().__getitem__(k)
    def idx(self): return super()[1]
b = B()
for _ in range(20): b.m()
print(b.m(), b.p, b.both()[:2], b.both()[3], b[7])
try:
    b.idx()
except TypeError as e: print(e)
A.m = lambda self, x: "patched"
try: print(b.m())
except TypeError as e: print(e)
class C(A):
    def f(self):
        s = super
        return s().v if False else super().v
    def g(self):
        return [super(C, self).v for _ in range(2)]
    def set(self): super().w = 5
print(C().f(), C().g())
try: C().set()
except AttributeError as e: print(e)
c = C()
super(C, c).__setattr__("z", 1)
print(c.z, super(B, b).__self_class__.__name__, super(B, b).__thisclass__.__name__, super(B).__self__)
def bad():
    class D(A):
        def m(self):
            del self
            return super().m()
    return D().m()
try: bad()
except RuntimeError as e: print(e)
