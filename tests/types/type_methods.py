# methods and attributes of type
class A:
    "doc"
    def f(self): pass
class B(A): pass
print(A.mro(), A.__subclasses__(), A.__name__, A.__module__, A.__qualname__, A.__doc__, B.__doc__, A.__base__, A.__bases__, A.__dictoffset__ != 0, A.__type_params__, A.__firstlineno__, A.__static_attributes__)
print(type.__instancecheck__(A, B()), type.__subclasscheck__(A, B), A == A, hash(A) == hash(A), A | int, repr(A), type(A), A.__call__().__class__.__name__, type.__dict__["__mro__"].__class__.__name__, int.__flags__ & (1 << 10) != 0)
class C:
    def __init__(self): self.x = self.y = 1
    def g(self): self.z = 2
print(sorted(C.__static_attributes__), C.__annotations__, "__annotate__" in dir(type))
for f in (lambda: setattr(int, "x", 1), lambda: delattr(A, "nope"), lambda: setattr(A, "__module__", "m") or A.__module__, lambda: A.nope, lambda: setattr(A, "__doc__", "new") or A.__doc__, lambda: setattr(int, "__doc__", "x"), lambda: delattr(A, "__name__")):
    try: print(f())
    except (TypeError, AttributeError) as e: print(type(e).__name__, e)
