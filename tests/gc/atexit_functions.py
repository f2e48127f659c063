# atexit: order, arguments, unregister, errors
import atexit, sys
def f(*a, **k): print("f", a, k)
atexit.register(f, 1, x=2)
atexit.register(f, "second")
def g(): print("never")
atexit.register(g)
atexit.unregister(g)
def bad(): raise ValueError("in atexit")
sys.unraisablehook = lambda u: print("unraisable", u.exc_value)
atexit.register(bad)
atexit.register(lambda: print("first to run"))
print(atexit._ncallbacks())
