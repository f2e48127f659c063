# abc: abstract methods, registration, subclass hook
from abc import ABC, ABCMeta, abstractmethod, update_abstractmethods
class Shape(ABC):
    @abstractmethod
    def area(self): return 0
    @property
    @abstractmethod
    def name(self): ...
    @classmethod
    @abstractmethod
    def make(cls): ...
for c in (Shape, type("Half", (Shape,), {"area": lambda s: 1, "name": "n"})):
    try: c()
    except TypeError as e: print(e)
class Sq(Shape):
    name = "sq"
    def area(self): return super().area() + 4
    @classmethod
    def make(cls): return cls()
print(Sq.make().area(), sorted(Shape.__abstractmethods__), Sq.__abstractmethods__)
class Duck(metaclass=ABCMeta):
    @classmethod
    def __subclasshook__(cls, C): return any("quack" in b.__dict__ for b in C.__mro__) or NotImplemented
class A:
    def quack(self): pass
print(issubclass(A, Duck), isinstance(A(), Duck), isinstance(5, Duck))
class R(ABC): pass
R.register(int)
print(isinstance(5, R), issubclass(bool, R), isinstance("a", R), R.register(str) is str, isinstance("a", R))
@R.register
class Q: pass
print(isinstance(Q(), R), R in Q.__mro__)
