# how arguments reach parameters, from every kind of call site
def plain(a, b): return (a, b)
def defaults(a, b=2, c=3): return (a, b, c)
def kwonly(a, *, k, d=4): return (a, k, d)
def star(a, *rest): return (a, rest)
def both(a, /, b, *rest, k=1, **kw): return (a, b, rest, k, kw)
class C:
    def __init__(self, a, b=2, *rest, **kw): self.got = (a, b, rest, kw)
    def method(self, a, b=7): return (a, b)
    def __call__(self, *a, **k): return (a, k)
c = C(1)
bound, unbound = c.method, C.method

def calls():
    yield plain(1, 2)
    yield plain(b=1, a=2)
    yield plain(*[1, 2])
    yield plain(1, **{"b": 3})
    yield defaults(1)
    yield defaults(1, 5)
    yield defaults(1, c=9)
    yield defaults(*(1,), **{"c": 8})
    yield kwonly(1, k=2)
    yield kwonly(k=2, a=1, d=5)
    yield star(1)
    yield star(1, 2, 3)
    yield star(*range(5))
    yield both(1, 2)
    yield both(1, 2, 3, 4, k=5, z=6)
    yield both(1, b=2, a=3)
    yield C(1).got
    yield C(1, 3, 4, x=5).got
    yield C(b=1, a=2).got
    yield bound(1)
    yield bound(1, 2)
    yield bound(b=1, a=2)
    yield unbound(c, 3)
    yield c(1, 2, x=3)
    yield (lambda *a, **k: (a, k))(1, *[2], y=3, **{"z": 4})

def again():
    return list(calls())
first = again()
for _ in range(20):
    assert again() == first
for r in first:
    print(r)

errors = [
    lambda: plain(1), lambda: plain(1, 2, 3), lambda: plain(1, a=2), lambda: plain(1, z=2),
    lambda: plain(), lambda: defaults(), lambda: defaults(1, 2, 3, 4), lambda: defaults(1, 2, b=3),
    lambda: kwonly(1), lambda: kwonly(1, 2, k=3), lambda: kwonly(), lambda: star(), lambda: both(1),
    lambda: both(a=1, b=2), lambda: C(), lambda: bound(), lambda: bound(1, 2, 3), lambda: unbound(),
    lambda: plain(*1), lambda: plain(**1), lambda: plain(**{1: 2}), lambda: plain(1, 2, **{"a": 3}),
    lambda: defaults(1, 2, 3, 4, c=5), lambda: kwonly(1, 2, 3, k=4, d=5),
]
def attempt(f):
    try:
        return f()
    except TypeError as e:
        return str(e)
for _ in range(3):
    out = [attempt(f) for f in errors]
for line in out:
    print(line)

# values die when they should
class Loud:
    def __init__(self, n): self.n = n
    def __del__(self): print("del", self.n)
def drop(a, b=None, *rest, **kw): return None
drop(Loud(1), Loud(2), Loud(3), x=Loud(4))
print("--")
try:
    plain(Loud(5), Loud(6), Loud(7))
except TypeError:
    print("TypeError")
try:
    plain(Loud(8), z=Loud(9))
except TypeError:
    print("TypeError")

# defaults that change
def counted(a, b=1): return a + b
def use(): return [counted(i) for i in range(3)]
for _ in range(10): use()
print(use())
counted.__defaults__ = (10,)
print(use())
counted.__defaults__ = None
print(attempt(use))
counted.__code__ = (lambda a: a * 100).__code__
print(use())

# many arguments, names of a subclass of str
class S(str):
    def __eq__(self, o): return str.__eq__(self, o)
    __hash__ = str.__hash__
print(both(1, 2, **{S("q"): 3, S("k"): 4}))
many = {f"n{i}": i for i in range(300)}
print(sum((lambda **k: k)(**many).values()), len(star(*range(5000))[1]))

# recursion ends in an error from every kind of frame
def down(n=0, *rest, **kw): return down(n + 1, *rest, **kw)
def gen_down():
    yield from gen_down()
for f in (down, lambda: list(gen_down()), lambda: C.__init__.__get__(c)()):
    try:
        f()
    except (RecursionError, TypeError) as e:
        print(type(e).__name__)
