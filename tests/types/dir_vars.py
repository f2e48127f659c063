# dir and vars
class A:
    x = 1
    def m(self): pass
class B(A):
    def __init__(self): self.i = 1
b = B()
print([n for n in dir(b) if "__" not in n], [n for n in dir(B) if "__" not in n], vars(b), "__init__" in dir(b), "__class__" in dir(5), "append" in dir([]))
class D:
    def __dir__(self): return ["z", "a"]
print(dir(D()), sorted(vars(A).keys() - {"__doc__"})[:4])
def f():
    loc = 1
    return dir(), vars()
print(f())
for x in (5, object(), []):
    try: vars(x)
    except TypeError as e: print(e)
try: dir(type("E", (), {"__dir__": lambda s: 5})())
except TypeError as e: print(e)
import math; print("sqrt" in dir(math), "sqrt" in vars(math))
