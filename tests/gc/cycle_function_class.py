# functions, closures and classes in cycles
import gc, weakref
class Probe: pass
def make():
    p = Probe()
    def inner(): return inner, p
    return weakref.ref(p)
r = make()
print(r() is not None)
gc.collect()
print(r())
def make_class():
    class K:
        p = Probe()
        def m(self): return K
    return weakref.ref(K.p), weakref.ref(K)
a, b = make_class()
gc.collect()
print(a(), b())
def frame_cycle():
    p = Probe()
    try:
        raise ValueError
    except ValueError as e:
        err = e
    return weakref.ref(p)
r = frame_cycle()
gc.collect()
print(r())
