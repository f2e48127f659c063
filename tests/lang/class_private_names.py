# name mangling
class A:
    __x = 1
    def __m(self): return "A.m"
    def get(self): return self.__x, self.__m(), self._A__x
    __dunder__ = 2
class B(A):
    __x = 2
    def getb(self): return self.__x
print(A().get(), B().get(), B().getb())
print(sorted(n for n in vars(A) if "__x" in n or "__m" in n and "mod" not in n))
try:
    A().__x
except AttributeError as e:
    print(e)
class _U:
    def __init__(self): self.__v = 1
print(vars(_U()))
def kw(**k): return k
class K:
    def f(self): return kw(__a=1)
print(K().f())
