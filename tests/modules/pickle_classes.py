# pickle: instances, hooks, copyreg, persistent ids
import pickle, copyreg, io
class P:
    def __init__(self, x): self.x = x
    def __eq__(self, o): return self.x == o.x
class S:
    __slots__ = ("a", "b")
class G:
    def __init__(self): self.v = 1; self.cache = "big"
    def __getstate__(self): return {"v": self.v}
    def __setstate__(self, s): self.__dict__.update(s, restored=True)
class R:
    def __init__(self, n): self.n = n
    def __reduce__(self): return (R, (self.n + 1,))
class N(tuple):
    def __new__(cls, a, b): return super().__new__(cls, (a, b))
    def __getnewargs__(self): return tuple(self)
class E(Exception):
    pass
rt = lambda o: pickle.loads(pickle.dumps(o))
print(rt(P(5)) == P(5), vars(rt(G())), rt(R(1)).n, rt(N(1, 2)), type(rt(N(1, 2))).__name__, repr(rt(E("m", 1))), rt(P) is P)
s = S(); s.a = 1; t = rt(s); print(t.a, hasattr(t, "b"))
class C:
    def __init__(self, z): self.z = z
copyreg.pickle(C, lambda c: (C, (c.z * 2,))); print(rt(C(4)).z)
class D(dict): pass
class L(list): pass
d = D(a=1); d.attr = 5; r = rt(d); print(r, r.attr, type(r).__name__, rt(L([1, 2])))
f = io.BytesIO(); p = pickle.Pickler(f); p.dump(1); p.dump("two"); f.seek(0); u = pickle.Unpickler(f); print(u.load(), u.load())
class PP(pickle.Pickler):
    def persistent_id(self, o): return "id" if o is P else None
class UP(pickle.Unpickler):
    def persistent_load(self, i): return "loaded " + i
f = io.BytesIO(); PP(f).dump([P, 1]); f.seek(0); print(UP(f).load())
def local():
    class X: pass
    return X()
try: pickle.dumps(local())
except Exception as e: print(type(e).__name__, e)
