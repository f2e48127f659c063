# from m import * honours __all__ and underscores
import sys, types
m = types.ModuleType("m1")
exec("a = 1\n_b = 2\nc = 3", m.__dict__)
sys.modules["m1"] = m
ns = {}
exec("from m1 import *", ns)
print(sorted(k for k in ns if not k.startswith("__")))
m.__all__ = ["_b"]
ns = {}
exec("from m1 import *", ns)
print(sorted(k for k in ns if not k.startswith("__")))
m.__all__ = ["missing"]
try:
    exec("from m1 import *", {})
except AttributeError as e:
    print(e)
