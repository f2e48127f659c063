# special methods are looked up on the type only
class A:
    def __len__(self): return 1
    def __str__(self): return "type str"
a = A()
a.__len__ = lambda: 99
a.__str__ = lambda: "inst str"
a.__iter__ = lambda: iter([1])
a.__call__ = lambda: "called"
print(len(a), str(a), a.__len__(), a.__str__())
for f in (lambda: list(a), lambda: a(), lambda: a + 1, lambda: a[0]):
    try: f()
    except TypeError as e: print(e)
A.__call__ = lambda self: "now callable"
A.__getitem__ = lambda self, i: i * 2
A.__add__ = lambda self, o: "added"
print(a(), a[4], a + 1)
del A.__add__
try: a + 1
except TypeError as e: print(e)
class M(type):
    def __call__(cls, *x): return ("meta call", x)
    def __hash__(cls): return 42
class B(metaclass=M):
    def __hash__(self): return 7
print(B(1), hash(B))
class G:
    def __getattr__(self, n):
        print("getattr", n)
        raise AttributeError(n)
try: len(G())
except TypeError as e: print(e)
try: G() + 1
except TypeError as e: print(e)
