# cycles through every sort of container
import gc, weakref
class N: pass
def check(name, make):
    n = N()
    r = weakref.ref(n)
    make(n)
    del n
    alive = r() is not None
    gc.collect()
    print(name, alive, r() is None)
def lst(n): n.x = [n]
def tup(n): n.x = (n,)
def dct(n): n.x = {1: n}
def dkey(n): n.x = {n: 1}
def st(n): n.x = {n}
def fz(n): n.x = frozenset([n])
def clo(n): n.x = lambda: n
def dflt(n): n.x = lambda a=n: a
def gen(n): n.x = (n for _ in [1])
def meth(n): n.x = n.__init__
def it(n): n.x = iter([n])
def exc(n): n.x = ValueError(n)
def cls(n): n.x = type("K", (), {"n": n})
def part(n):
    import functools
    n.x = functools.partial(print, n)
def prop(n): n.x = property(lambda s: n)
def mp(n): n.x = map(lambda v: n, [n])
def sl(n): n.x = slice(n, None)
def mv(n): n.x = enumerate([n])
def zp(n): n.x = zip([n])
def nested(n): n.x = [({"k": {n}},)] if False else [({"k": [n]},)]
for f in (lst, tup, dct, dkey, st, fz, clo, dflt, gen, meth, it, exc, cls, part, prop, mp, sl, mv, zp, nested):
    check(f.__name__, f)
