# finalisers of base classes need an explicit call
class A:
    def __del__(self): print("A del")
class B(A):
    def __del__(self):
        print("B del")
        super().__del__()
class C(A): pass
b = B(); del b
c = C(); del c
class I(int):
    def __del__(self): print("int subclass", int(self))
i = I(5); j = i + 1
del i
print(j)
class S:
    __slots__ = ("x",)
    def __del__(self): print("slots del", hasattr(self, "x"))
s = S(); s.x = S(); del s
def attach():
    print("dynamic")
class E: pass
e = E()
e.__del__ = attach
del e
print("instance __del__ is not used")
E.__del__ = lambda self: print("class __del__ added later")
e = E(); del e
