# an error in a callback is unraisable
import weakref, sys
sys.unraisablehook = lambda u: print("unraisable", type(u.exc_value).__name__, u.exc_value)
class C: pass
c = C()
r = weakref.ref(c, lambda w: 1 / 0)
r2 = weakref.ref(c, lambda w: print("second ok"))
del c
print("end")
