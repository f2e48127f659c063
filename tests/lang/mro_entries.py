# __mro_entries__, and generic bases
class Fake:
    def __init__(self, real): self.real = real
    def __mro_entries__(self, bases):
        print("entries of", len(bases))
        return (self.real,)
class A(Fake(int), dict if False else object.__class__.__base__): pass
print(A.__bases__, A.__orig_bases__[0].__class__.__name__)
class B(list[int]): pass
print(B.__bases__, B.__orig_bases__)
class Empty:
    def __mro_entries__(self, b): return ()
class C(Empty()): pass
print(C.__bases__)
class Bad:
    def __mro_entries__(self, b): return 5
try:
    class D(Bad()): pass
except TypeError as e: print(e)
