# methods of object
o = object()
print(o.__eq__(o), o.__eq__(5), o.__ne__(o), o.__lt__(o), o.__class__, o.__hash__() == hash(o), o.__doc__ is not None, o.__format__("") == str(o), o.__sizeof__() > 0, o.__init__(), o.__dir__() != [], object.__subclasshook__(int), o.__reduce_ex__(2)[0].__name__)
for f in (lambda: o.__format__("x"), lambda: o.__init__(1), lambda: object.__new__(), lambda: object.__new__(int), lambda: object.__getattribute__(o, "q"), lambda: o.__setattr__("a", 1), lambda: object.__init__(), lambda: o.__reduce_ex__("a"), lambda: object(5)):
    try: print(f())
    except (TypeError, AttributeError) as e: print(type(e).__name__, e)
class A:
    def __init__(self, x): pass
print(type(A(1)).__name__, A.__new__ is object.__new__)
class N:
    def __new__(cls, x): return object.__new__(cls)
print(type(N(1)).__name__)
class Both:
    def __new__(cls, *a): return object.__new__(cls, *a)
    def __init__(self, *a): pass
try: Both(1)
except TypeError as e: print(e)
