# every call shape on one function and on builtins
def f(a, b=2, /, c=3, *args, d=4, **kw): return a, b, c, args, d, kw
print(f(1), f(1, 5), f(1, 5, 6), f(1, 5, 6, 7, 8), f(1, c=9), f(1, d=0), f(1, x=1), f(1, b=7), f(*[1, 2], d=3), f(1, *(), **{}))
args, kw = (1, 2, 3, 4), {"d": 0, "z": 26}
print(f(*args), f(*args, **kw), f(0, *args, y=25, **kw), f(*args[:1], c="c", **kw))
def none(): return "none"
def one(a): return a
def kwonly(*, k=1): return k
print(none(), none(*[]), none(**{}), one(1), one(a=1), one(*[1]), one(**{"a": 1}), kwonly(), kwonly(k=2), kwonly(**{"k": 3}))
print(max(1, 2), max([1, 2]), max(*[3, 4]), max([5], key=abs), int("7", base=8), dict(a=1, **{"b": 2}), print("p", end="!\n"), len(*["abc"]))
class K:
    def __init__(self, *a, **k): self.v = a, k
    def __call__(self, *a, **k): return a, k
print(K(1, x=2).v, K()(3, y=4), K.__call__(K(), 5), type("T", (), {})().__class__.__name__)
print((lambda *a, **k: (a, k))(*"ab", **{"c": 1}), f.__call__(1), K.__init__.__get__(K())(1))
