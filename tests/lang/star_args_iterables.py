# any iterable and mapping can be splatted
def f(*a, **k): return a, k
class M:
    def keys(self): return ["a", "b"]
    def __getitem__(self, k): return k * 2
print(f(*(i for i in range(3)), **M()))
print(f(*{"x": 1}, *{5}), f(*[1], **{}))
def gen():
    yield 1
    yield from "ab"
print(f(*gen()))
print(dict(**M(), c=1), {**M()})
print(max(*[3, 9, 2]), print(*[1, 2], sep="/"))
class NoKeys: pass
try:
    f(**NoKeys())
except TypeError as e:
    print(str(e).replace("__main__.", ""))
try:
    {**5}
except TypeError as e:
    print(e)
