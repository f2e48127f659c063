# weak references with subclasses of built-ins
import weakref
class L(list): pass
class D(dict): pass
class S(set): pass
class F:
    def m(self): pass
def f(): pass
for make in (L, D, S, F, lambda: type("T", (), {}), lambda: (lambda: 0), lambda: frozenset.__new__(type("FS", (frozenset,), {})), lambda: {1}, lambda: (i for i in [])):
    o = make(); r = weakref.ref(o); print(r() is o, end=" "); del o; import gc; gc.collect(); print(r() is None)
for bad in ([], {}, (), 1, 1.5, "s", b"", None, object()):
    try: weakref.ref(bad); print("ok")
    except TypeError as e: print(e)
print(weakref.ref(f)() is f, weakref.getweakrefcount(f), weakref.ref(int)() is int, weakref.ref(len)() is len, isinstance(weakref.ref(f), weakref.ReferenceType), weakref.ReferenceType is weakref.ref)
class KR(weakref.ref):
    def __init__(self, o, cb=None, /, **k): super().__init__(o, cb); self.k = k
a = F(); k = KR(a, None, tag=1); print(k() is a, k.k, weakref.ref(a) is not k)
try: weakref.ref(a, None, 5)
except TypeError as e: print(e)
