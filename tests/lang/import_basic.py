# forms of import
import math
import os.path
import collections.abc as cabc
from math import pi, floor as fl
from os import path
print(math.sqrt(16), fl(2.7), round(pi, 4))
print(os.path is path, cabc.Iterable.__name__)
try:
    import no_such_module
except ModuleNotFoundError as e:
    print(e, e.name)
try:
    from math import no_such_name
except ImportError as e:
    print(str(e).split(" (")[0])
def f():
    import string
    return string.digits
print(f())
