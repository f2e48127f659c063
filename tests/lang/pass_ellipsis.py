# pass, ... and docstrings
def f(): ...
def g(): pass
class C: ...
print(f(), g(), C.__name__, ...)
def doc():
    "the doc"
class D:
    """class doc"""
    def m(self):
        """
        indented
          more
        """
print(doc.__doc__, D.__doc__, repr(D.m.__doc__), g.__doc__)
print(type(...).__name__, Ellipsis is ...)
