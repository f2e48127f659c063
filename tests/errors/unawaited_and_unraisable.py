# sys.unraisablehook arguments; errors while finalising generators
import sys
def hook(u): print("unraisable:", u.exc_type.__name__, u.exc_value, u.err_msg is None or isinstance(u.err_msg, str), u.object is not None)
sys.unraisablehook = hook
def g():
    try: yield 1
    finally: raise ValueError("in generator cleanup")
x = g(); next(x); del x
def ignores():
    while True:
        try: yield
        except GeneratorExit: pass
        if done: return
done = False
y = ignores(); next(y)
done = True
del y
class It:
    def __iter__(self): return self
    def __next__(self): raise KeyError("it")
try: list(It())
except KeyError as e: print("normal", e)
import weakref
class C: pass
c = C(); r = weakref.ref(c, lambda w: w.nope); del c
print("end")
