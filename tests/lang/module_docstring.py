"""The docstring
of the module."""
print(repr(__doc__))
def f():
    r"""raw \n doc"""
def g():
    f"not a doc"
def h():
    b"not a doc"
class C:
    x = 1
    "not first"
print(repr(f.__doc__), g.__doc__, h.__doc__, C.__doc__)
def k():
    "one" " two"
print(k.__doc__)
