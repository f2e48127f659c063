# __slots__ forbid other attributes
class P:
    __slots__ = ("x", "y")
    def __init__(self): self.x = 1
p = P()
print(p.x, P.x.__class__.__name__, P.__slots__)
try:
    p.y
except AttributeError as e:
    print(e)
try:
    p.z = 1
except AttributeError as e:
    print(e)
print(hasattr(p, "__dict__"))
class Q(P): pass
q = Q(); q.z = 3
print(q.z, q.__dict__)
class R(P):
    __slots__ = "w",
r = R(); r.w = r.y = 5
print(r.w, r.y)
try:
    class S:
        __slots__ = ("a",)
        a = 1
except ValueError as e:
    print(e)
del p.x
try:
    del p.x
except AttributeError as e:
    print(e)
