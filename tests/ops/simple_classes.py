# class creation, method calls, inheritance
class A:
    k = 1
    def __init__(self, v): self.v = v
    def get(self): return self.v + self.k
    def call(self): return self.get() * 2
class B(A):
    k = 10
    def get(self): return super().get() + 100
a, b = A(1), B(1)
print(a.get(), b.get(), a.call(), b.call(), B.get(b), A.get(b))
m = b.get
b.v = 5
print(m(), B.__name__, isinstance(b, A), type(a) is A)
def make(n):
    class C:
        name = n
        def who(self): return n + self.name
    return C
print(make("x")().who(), make("y").name, make("a") is make("a"))
