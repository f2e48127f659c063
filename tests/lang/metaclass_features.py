# metaclass __call__, __instancecheck__, attributes, __prepare__ with order
class M(type):
    instances = 0
    def __call__(cls, *a, **k):
        M.instances += 1
        return super().__call__(*a, **k)
    def __instancecheck__(cls, o): return getattr(o, "quacks", False)
    def __len__(cls): return 3
    def __iter__(cls): return iter("xyz")
    def __contains__(cls, x): return x == 1
    def __getattr__(cls, n): return f"meta attr {n}"
    def __repr__(cls): return f"<M {cls.__name__}>"
    def __add__(cls, o): return "class add"
    @property
    def prop(cls): return "meta prop"
    def __dir__(cls): return ["only"]
class A(metaclass=M):
    def __init__(self): self.quacks = 0
A(); A()
print(M.instances, len(A), list(A), 1 in A, A.foo, A, A + 1, A.prop, dir(A), isinstance(type("Q", (), {"quacks": 1})(), A), isinstance(A(), A))
a, b, c = A
print(a, b, c, bool(A))
try: A().foo
except AttributeError as e: print(e)
class Ordered(type):
    @classmethod
    def __prepare__(m, n, b):
        class D(dict):
            def __setitem__(s, k, v):
                if k in s: print("redefined", k)
                dict.__setitem__(s, k, v)
        return D()
class O(metaclass=Ordered):
    x = 1
    x = 2
class BadPrep(type):
    @classmethod
    def __prepare__(m, n, b): return 5
try:
    class Z(metaclass=BadPrep): pass
except TypeError as e: print(e)
