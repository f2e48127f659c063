# staticmethod and classmethod objects
def f(*a): "fdoc"; return a
s, c = staticmethod(f), classmethod(f)
print(s(1), s.__func__ is f, s.__wrapped__ is f, s.__name__, s.__doc__, c.__func__ is f, c.__wrapped__ is f, s.__get__(5)(2), c.__get__(5)(2) == (int, 2), c.__get__(None, str)(3) == (str, 3), s.__isabstractmethod__)
class A:
    sm, cm = s, c
print(A.sm(1), A().sm(1), A.cm(1) == (A, 1), A().cm() == (A,), isinstance(A.__dict__["sm"], staticmethod))
try: c(1)
except TypeError as e: print(e)
try: staticmethod()
except TypeError as e: print(e)
class M(type):
    @classmethod
    def mk(mcls): return mcls.__name__
    def inst(cls): return cls.__name__
class K(metaclass=M): pass
print(K.mk(), M.mk(), K.inst(), dict.fromkeys.__self__, dict.fromkeys.__name__)
s.attr = 1; print(s.attr, repr(s).startswith("<staticmethod(<function f"), repr(c).startswith("<classmethod(<function f"))
