# reflected operators and subclass priority
class A:
    def __add__(self, o): print("A.add"); return NotImplemented
    def __radd__(self, o): print("A.radd"); return "radd"
    def __iadd__(self, o): print("A.iadd"); return "iadd"
class B(A):
    def __radd__(self, o): print("B.radd"); return "Bradd"
print(1 + A())
print(A() + B())
a = A()
a += 1
print(a)
try:
    A() + A()
except TypeError as e:
    print(e)
try:
    A() + 1
except TypeError as e:
    print(e)
class M:
    def __matmul__(self, o): return "mm"
    def __rmatmul__(self, o): return "rmm"
    def __pow__(self, o, m=None): return ("pow", o, m)
    def __divmod__(self, o): return "dm"
    def __rshift__(self, o): return "rs"
    def __rlshift__(self, o): return "rls"
print(M() @ 1, 1 @ M(), M() ** 2, pow(M(), 2, 3), divmod(M(), 1), M() >> 1, 1 << M())
