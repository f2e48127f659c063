# from __future__ import annotations makes strings
from __future__ import annotations
def f(a: Undefined[int], b: 1 + 2) -> list["x"]: ...
print(f.__annotations__)
class C:
    x: no.such.thing
print(C.__annotations__)
import __future__
print(annotations is __future__.annotations, annotations.compiler_flag)
