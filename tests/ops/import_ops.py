# import instructions: submodules, from, as, failures
import collections.abc, importlib
import os.path as p, sys as s
from collections import abc as a, OrderedDict
print(collections.abc is a, p is __import__("os").path, s.modules["sys"] is s, OrderedDict.__name__)
print(__import__("collections.abc").__name__, __import__("collections.abc", fromlist=["x"]).__name__, importlib.import_module("os.path") is p)
import types
m = types.ModuleType("fake"); m.x = 1
s.modules["fake"] = m
import fake
from fake import x
print(x, fake.x)
for src in ("from fake import y", "import fake.sub", "from fake.sub import z", "from . import q", "import os.nothing", "from os import nothing_here", "from .. import q"):
    try:
        exec(src, {"__name__": "__main__"})
    except ImportError as e:
        print(type(e).__name__, str(e).split(" (/")[0].split(" (unk")[0])
s.modules["blocked"] = None
try:
    import blocked
except ImportError as e:
    print(type(e).__name__, e)
m.__getattr__ = lambda name: f"lazy {name}"
from fake import anything
print(anything, fake.more)
