# an error in __del__ goes to sys.unraisablehook
import sys
def hook(u):
    print("hook:", u.exc_type.__name__, u.exc_value)
sys.unraisablehook = hook
class D:
    def __del__(self):
        raise RuntimeError("oops")
d = D()
del d
print("continues")
try:
    d2 = D()
    raise KeyError("k")
except KeyError as e:
    del d2
    print("handling", e)
