# weak references go dead, and callbacks run in reverse order of creation
import weakref
class C:
    def __repr__(self): return "<C>"
c = C()
r = weakref.ref(c)
print(r(), r() is c, weakref.ref(c) is r, weakref.getweakrefcount(c))
r1 = weakref.ref(c, lambda w: print("callback 1", w() is None))
r2 = weakref.ref(c, lambda w: print("callback 2", w is r2))
print(weakref.getweakrefcount(c), len(weakref.getweakrefs(c)))
del c
print(r(), r1(), r2())
for bad in (5, "s", (1,), None):
    try:
        weakref.ref(bad)
    except TypeError as e:
        print(e)
class S: __slots__ = ()
try:
    weakref.ref(S())
except TypeError as e:
    print(e)
class W: __slots__ = ("__weakref__",)
w = W(); print(weakref.ref(w)() is w)
