# bool is an int with its own operators
print(True + True, True * 3, -True, True / 2, True & 1, True & False, True ^ True, True | 2)
print(repr(True), str(False), int(True), float(True), True.__class__.__mro__[1].__name__)
print(bool.__and__(True, 1), type(True & 1).__name__, type(True & True).__name__)
print([10, 20][True], "ab"[False], sum([True, True, False]), f"{True:5}|{True!s:>6}|{True:d}")
try:
    class B(bool): pass
except TypeError as e:
    print(e)
import warnings
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter("always")
    print(~eval("True"))
    print(len(w), w[0].category.__name__ if w else "")
print(True is True, True == 1, True in [1], bool("False"), bool(), not True)
