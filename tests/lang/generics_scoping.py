# type parameters: scopes, bounds evaluated lazily, inheritance
def f[T: (int, str) = int](x: T) -> T: return x
T, = f.__type_params__
print(T, T.__constraints__, T.__default__, f(5), f.__annotations__["x"] is T)
class Base[T]:
    def m[U](self, u: U) -> tuple[T, U]: return u
    attr: T
print(Base.__parameters__, Base.m.__type_params__, Base.__orig_bases__, Base[int].__origin__ is Base)
class Child(Base[int]): pass
print(Child.__orig_bases__, Child.__mro__[1].__name__, Child().m(3))
class Two[A, B](Base[A]): pass
print(Two.__parameters__, Two[int, str].__args__, Two[int, str]().__orig_class__ if False else "")
def lazy[X: NotDefined](): pass
try: lazy.__type_params__[0].__bound__
except NameError as e: print(e)
def ps[**P, *Ts](f, *args: *Ts): pass
print(ps.__type_params__)
try: T.__name__ = "x"
except AttributeError as e: print(e)
try: T()
except TypeError as e: print(e)
def shadow[int](x: int): return int
print(shadow(1))
