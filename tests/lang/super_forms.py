# super with and without arguments, in class and static methods
class A:
    name = "A"
    def f(self): return "A.f"
    @classmethod
    def c(cls): return "A.c " + cls.__name__
class B(A):
    name = "B"
    def f(self): return super().f() + super(B, self).f()
    @classmethod
    def c(cls): return super().c()
    def attr(self): return super().name
    @staticmethod
    def s(): return super(B, B).c()
print(B().f(), B.c(), B().attr(), B.s())
def outside(self): return super().f()
B.g = outside
try:
    B().g()
except RuntimeError as e:
    print(e)
try:
    super(B, 5)
except TypeError as e:
    print(e)
try:
    class C(A):
        def h(self): return super().missing
    C().h()
except AttributeError as e:
    print(e)
