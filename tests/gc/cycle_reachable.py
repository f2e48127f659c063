# what is still reachable is not collected
import gc, weakref
class N: pass
a = N(); a.b = N(); a.b.a = a
r = weakref.ref(a.b)
gc.collect()
print(r() is a.b)
keep = a.b
del a
gc.collect()
print(r() is keep, keep.a.b is keep)
del keep
print(r() is not None)
gc.collect()
print(r())
