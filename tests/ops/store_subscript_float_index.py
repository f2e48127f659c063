# an index may be any object with __index__, and nothing else
class I:
    def __init__(self, i): self.i = i
    def __index__(self): return self.i
l = [10, 20, 30]
l[I(1)] = "i"
del l[I(-1)]
print(l, l[I(0)], (1, 2)[I(1)], "abc"[I(2)], b"abc"[I(0)], range(9)[I(4)], l[I(0):I(1)])
class Bad:
    def __index__(self): return "x"
class Err:
    def __index__(self): raise KeyError("from index")
for k in (Bad(), Err(), 1.0, "1", None, 10**30):
    try:
        l[k]
    except Exception as e:
        print(type(e).__name__, e)
print({I(1): 2} == {}, [1, 2, 3][True])
