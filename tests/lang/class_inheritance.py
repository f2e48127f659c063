# overriding, super and method resolution
class A:
    def who(self):
        return "A"
    def hello(self):
        return "hello " + self.who()
class B(A):
    def who(self):
        return "B" + super().who()
class C(B):
    pass
print(A().hello(), B().hello(), C().hello())
print(issubclass(C, A), isinstance(C(), A), issubclass(A, C))
print([k.__name__ for k in C.__mro__])
print(C.__bases__[0].__name__, C.__base__.__name__)
