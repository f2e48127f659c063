# __getattr__, __getattribute__, __setattr__, __delattr__
class G:
    def __init__(self): self.real = 1
    def __getattr__(self, n): return f"missing {n}"
g = G()
print(g.real, g.foo)
class H:
    def __getattribute__(self, n):
        if n == "secret": raise AttributeError("hidden")
        return "got " + n
print(H().anything)
try:
    H().secret
except AttributeError as e:
    print(e)
class S:
    def __setattr__(self, n, v):
        print("set", n, v)
        object.__setattr__(self, n, v * 2)
    def __delattr__(self, n):
        print("del", n)
        super().__delattr__(n)
s = S()
s.a = 4
print(s.a)
del s.a
print(hasattr(s, "a"))
