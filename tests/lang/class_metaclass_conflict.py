# the most derived metaclass wins, or there is a conflict
class M1(type): pass
class M2(M1): pass
class M3(type): pass
class A(metaclass=M1): pass
class B(metaclass=M2): pass
class C(A, B): pass
print(type(C).__name__)
class D(metaclass=M3): pass
try:
    class E(A, D): pass
except TypeError as e:
    print(e)
def factory(name, bases, ns):
    print("factory", name, bases)
    return name * 2
class F(metaclass=factory): pass
print(F)
