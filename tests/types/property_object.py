# property objects
def g(self): "getter doc"; return "got"
p = property(g)
print(p.fget is g, p.fset, p.fdel, p.__doc__, p.__isabstractmethod__, p.__name__, property(g, doc="other").__doc__, property().fget)
class C:
    x = property(lambda s: s._x, lambda s, v: setattr(s, "_x", v), lambda s: delattr(s, "_x"), "x doc")
    y = property(None, lambda s, v: print("set", v))
    z = property()
c = C(); c.x = 5
print(c.x, C.x, C.x.__doc__) if False else print(c.x, C.x.__doc__)
del c.x; c.y = 1
for f in (lambda: c.x, lambda: c.y, lambda: c.z, lambda: setattr(c, "z", 1), lambda: delattr(c, "y"), lambda: setattr(p, "fget", 1), lambda: property(1).__get__(c)):
    try: print(f())
    except (AttributeError, TypeError) as e: print(type(e).__name__, e)
class D(C):
    @C.x.getter
    def x(self): return "overridden"
d = D(); d.x = 9; print(d.x, d._x)
class P(property):
    def __get__(self, o, t=None): return "sub " + str(super().__get__(o, t)) if o else self
class E:
    @P
    def v(self): return 1
print(E().v, type(E.v).__name__, p.__get__(None, C) is p, p.__set_name__)if False else print(E().v, type(E.v).__name__, p.__get__(None, C) is p)
