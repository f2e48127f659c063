# __class_getitem__ and metaclass __getitem__
class A:
    def __class_getitem__(cls, k):
        return f"{cls.__name__}[{k}]"
class B(A): pass
print(A[int.__name__], B[1, 2])
class M(type):
    def __getitem__(cls, k): return "meta", k
class C(metaclass=M):
    def __class_getitem__(cls, k): return "class", k
print(C[3])
class D: pass
try:
    D[int]
except TypeError as e:
    print(e)
try:
    D()[0]
except TypeError as e:
    print(e)
