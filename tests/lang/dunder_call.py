# instances that can be called
class Adder:
    def __init__(self, n): self.n = n
    def __call__(self, x, *, scale=1): return (x + self.n) * scale
a = Adder(10)
print(a(1), a(1, scale=2), callable(a), callable(5))
print(list(map(a, range(3))))
class Meta(type):
    def __call__(cls, *args):
        print("creating", cls.__name__, args)
        return super().__call__(*args)
class K(metaclass=Meta):
    def __init__(self, v): self.v = v
print(K(3).v)
try:
    five = 5
    five(1)
except TypeError as e:
    print(e)
