# proxies forward operations
import weakref
class C:
    def __init__(self): self.x = 1
    def __len__(self): return 3
    def __getitem__(self, i): return i * 2
    def __add__(self, o): return o + 10
    def __call__(self, a): return ("called", a)
    def __str__(self): return "str C"
c = C()
p = weakref.proxy(c)
print(p.x, len(p), p[4], p + 1, p(5), str(p), type(p).__name__, p.__class__.__name__)
p.x = 7
print(c.x, bool(p))
del p.x
print(hasattr(c, "x"))
try:
    hash(p)
except TypeError as e:
    print(e)
del c
try:
    p.x
except ReferenceError as e:
    print(e)
try:
    len(p)
except ReferenceError as e:
    print(e)
