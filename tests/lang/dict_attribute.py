# __dict__ of instances, classes, modules and functions
class C:
    a = 1
    def __init__(self): self.b = 2
c = C()
d = c.__dict__
d["c"] = 3
print(c.c, vars(c) is d, d)
c.__dict__ = {"z": 26}
print(c.z, hasattr(c, "b"), d)
print(type(C.__dict__).__name__, "a" in C.__dict__, C.__dict__.get("b"))
try: C.__dict__["x"] = 1
except TypeError as e: print(e)
def f(): pass
f.attr = 1
print(f.__dict__, f.attr)
try: c.__dict__ = 5
except TypeError as e: print(e)
del c.__dict__
print(c.__dict__)
try: (5).__dict__
except AttributeError as e: print(e)
d2 = c.__dict__; d2[5] = "int key"; print(c.__dict__, [k for k in vars(c)])
class D(dict): pass
x = D(); x.attr = 1; x["k"] = 2
print(x, x.__dict__)
