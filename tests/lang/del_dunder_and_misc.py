# special names: __name__, __file__, __doc__, __builtins__, __debug__
"module docstring is not here"
import os
print(__name__, os.path.basename(__file__), __doc__, __package__, __spec__, type(__loader__).__name__ != "", type(__builtins__).__name__)
print(sorted(k for k in globals() if k.startswith("__") and k not in ("__cached__", "__annotate__", "__conditional_annotations__", "__annotations__")))
__doc__ = "changed"
print(__doc__)
def f(): return __name__
print(f())
del __doc__
try: __doc__
except NameError as e: print(e)
