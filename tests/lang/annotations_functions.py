# annotations of parameters and results
def f(a: 1, /, b: "s" = 2, *c: [3], d: {4: 5} = 6, **e: (7,)) -> None: pass
print(f.__annotations__)
f.__annotations__["a"] = "changed"
print(f.__annotations__["a"])
f.__annotations__ = {}
print(f.__annotations__)
def g(x): pass
print(g.__annotations__)
l = lambda x: x
print(l.__annotations__)
def outer():
    T = int
    def inner(a: T) -> T: pass
    return inner
print(outer().__annotations__)
class C:
    K = str
    def m(self, a: K): pass
print(C.m.__annotations__)
def star(*args: *tuple[int, str]): pass
print(star.__annotations__)
try: f.__annotations__ = 5
except TypeError as e: print(e)
