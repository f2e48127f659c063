# __setattr__ with slots, descriptors and properties
class A:
    __slots__ = ("x", "_y", "__dict__")
    @property
    def y(self): return self._y
    @y.setter
    def y(self, v): self._y = v * 2
    def __setattr__(self, n, v):
        if n == "forbidden": raise AttributeError("no " + n)
        super().__setattr__(n, v)
a = A()
a.x, a.y, a.z = 1, 2, 3
print(a.x, a.y, a._y, a.z, a.__dict__)
try: a.forbidden = 1
except AttributeError as e: print(e)
del a.x
print(hasattr(a, "x"))
class B:
    __slots__ = {"doc1": "documentation", "b": None}
b = B(); b.b = 1
print(B.doc1.__doc__, B.__slots__, b.b)
class C(B): __slots__ = ("c", "__weakref__")
c = C(); c.c = c.b = 2
import weakref; print(weakref.ref(c)() is c, C.__slots__)
for src in ("class X: __slots__ = 5", "class X: __slots__ = ('1a',)", "class X: __slots__ = ('a', 'a'); ", "class X(int): __slots__ = ('a',)", "class X(B, A): __slots__ = ()", "class X: __slots__ = 'single'\nx = X(); x.single = 1", "class X(tuple): __slots__ = ()", "class X: __slots__ = ('__dict__', '__dict__')"):
    try: exec(src); print(src, "ok")
    except TypeError as e: print(src, "->", e)
