# functools: wraps, singledispatch, total_ordering, cmp_to_key
import functools
def deco(f):
    @functools.wraps(f)
    def w(*a): return f(*a)
    return w
@deco
def g(x: int) -> str:
    "doc of g"
print(g.__name__, g.__doc__, g.__wrapped__.__name__, g.__annotations__)
@functools.singledispatch
def show(x): return "object"
@show.register
def _(x: int): return "int"
@show.register(list)
def _(x): return "list"
@show.register(str | bytes)
def _(x): return "text"
print(show(1), show(True), show([]), show(1.5), show("s"), show(b""), show.dispatch(bool).__name__, len(show.registry))
class D:
    @functools.singledispatchmethod
    def m(self, x): return "base"
    @m.register
    def _(self, x: int): return "int"
print(D().m("a"), D().m(1))
@functools.total_ordering
class V:
    def __init__(self, v): self.v = v
    def __eq__(self, o): return self.v == o.v
    def __lt__(self, o): return self.v < o.v
print(V(1) <= V(1), V(2) > V(1), V(1) >= V(2), sorted("bca", key=functools.cmp_to_key(lambda a, b: (a < b) - (a > b))))
