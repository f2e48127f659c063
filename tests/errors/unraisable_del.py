# uncaught: an error in __del__ is reported and ignored
class C:
    def __del__(self):
        raise ValueError("in del")
import sys
sys.unraisablehook = lambda u: print("unraisable", type(u.exc_value).__name__, u.exc_value, bool(u.object))
c = C()
del c
print("after")
sys.exit(1)
