# object state: __getstate__, __reduce_ex__, copyreg
import copyreg, copy
class A:
    def __init__(self): self.x = 1
class S:
    __slots__ = ("a", "b")
class B(S): pass
class E: pass
a, s, b = A(), S(), B(); s.a = 1; b.a = 1; b.c = 2
print(a.__getstate__(), s.__getstate__(), b.__getstate__(), E().__getstate__(), object().__getstate__(), (5).__getstate__(), [].__getstate__())
f, args, st = a.__reduce_ex__(2)[:3]; print(f.__name__, args, st, a.__reduce_ex__(2)[3:])
class L(list): pass
r = L([1, 2]).__reduce_ex__(2); print(list(r[3]), r[4]); r = type("D", (dict,), {})(k=1).__reduce_ex__(2); print(r[3], list(r[4]))
print(copyreg.__newobj__(A).__dict__, A().__reduce_ex__(0)[0].__name__, copyreg.dispatch_table.get(complex).__name__)
class N:
    def __getnewargs_ex__(self): return (1,), {"k": 2}
    def __new__(cls, *a, **k): o = object.__new__(cls); o.got = (a, k); return o
print(copy.copy(N()).got)
try: S().__reduce_ex__(0)
except TypeError as e: print(e)
class Bad:
    def __reduce__(self): return 5
try: copy.copy(Bad())
except TypeError as e: print(e)
def mk(x): return ("made", x)
class R:
    def __reduce_ex__(self, p): return mk, (p,)
print(copy.copy(R()))
