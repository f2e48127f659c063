# method calls over receivers of several classes
class A:
    def go(self, n=1): return ("A", n)
class B:
    def go(self, n=2): return ("B", n)
class C(A): pass
class D:
    go = staticmethod(lambda n=3: ("D static", n))
class E:
    @classmethod
    def go(cls, n=4): return ("E cls", cls.__name__, n)
class F:
    def __init__(self): self.go = lambda n=5: ("F inst", n)
class G:
    def __getattr__(self, name): return lambda n=6: ("G getattr", name, n)
def run(o): return o.go(), o.go(9), o.go(n=8)
for o in (A(), B(), C(), D(), E(), F(), G(), A, E) if False else (A(), B(), C(), D(), E(), F(), G(), E):
    for _ in range(3): r = run(o)
    print(r)
def app(o, x): o.append(x); return o
from collections import deque
print(app([], 1), app(deque(), 2), app(bytearray(), 65))
print([s.upper() for s in ("a", b"b")], [x.pop() for x in ([1], {2}, {3}) ])
