# setting a special method to None forbids it
class A:
    __iter__ = None
    __hash__ = None
    __contains__ = None
    __len__ = None
    __add__ = None
    __call__ = None
    __reversed__ = None
    __bool__ = None
a = A()
for f in (lambda: iter(a), lambda: hash(a), lambda: 1 in a, lambda: len(a), lambda: a + 1, lambda: a(), lambda: reversed(a), lambda: bool(a), lambda: [*a]):
    try: print(f())
    except TypeError as e: print(e)
class B:
    def __add__(self, o): return "B add"
    def __radd__(self, o): return "B radd"
class C(B):
    __radd__ = None
print(C() + 1)
try: print(B() + C())
except TypeError as e: print(e)
class E:
    __eq__ = None
try: E() == 1
except TypeError as e: print(e)
try: E() != 1
except TypeError as e: print(e)
