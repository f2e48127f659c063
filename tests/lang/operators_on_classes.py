# operators defined on a metaclass work on classes
class M(type):
    def __add__(cls, o): return f"{cls.__name__}+{getattr(o, '__name__', o)}"
    def __lt__(cls, o): return cls.__name__ < o.__name__
    def __getitem__(cls, k): return f"{cls.__name__}[{k}]"
    def __bool__(cls): return False
    def __neg__(cls): return "neg " + cls.__name__
    def __eq__(cls, o): return True
    def __hash__(cls): return 1
    def __or__(cls, o): return "or"
    def __enter__(cls): return cls
    def __exit__(cls, *a): print("exit class"); return True
    def __setattr__(cls, n, v): print("set", n); super().__setattr__(n, v)
    def __delattr__(cls, n): print("del", n); super().__delattr__(n)
class A(metaclass=M): pass
class B(metaclass=M): pass
print(A + B, A + 1, A < B, A["k"], bool(A), -A, A == B, A | int, sorted([B, A])[0].__name__)
with A as c: raise ValueError(c.__name__)
A.x = 1
del A.x
print(A.__class__ is M, [k.__name__ for k in (A, B) if not k])
