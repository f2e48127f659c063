# callbacks of weak references in and out of the garbage
import gc, weakref
class N: pass
a = N(); a.me = a
r = weakref.ref(a, lambda w: print("outside callback", w()))
del a
gc.collect()
b = N(); b.me = b
b.r = weakref.ref(b, lambda w: print("inside: must not run"))
del b
gc.collect()
c, d = N(), N()
c.d, d.c = d, c
rs = [weakref.ref(c, lambda w: print("c")), weakref.ref(d, lambda w: print("d"))]
del c, d
gc.collect()
print([x() for x in rs])
