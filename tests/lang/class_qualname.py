# qualified names
class A:
    class B:
        def m(self):
            def inner(): pass
            return inner
print(A.B.__qualname__, A.B.m.__qualname__, A.B().m().__qualname__)
def f():
    class L: pass
    return L, lambda: 0
print(f()[0].__qualname__, f()[1].__qualname__)
print(A.__module__, f.__module__, A.B.__name__)
A.__name__ = "Renamed"
A.__qualname__ = "Q.R"
print(A.__name__, A)
