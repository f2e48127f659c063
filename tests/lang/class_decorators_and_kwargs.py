# class statement: bases as expressions, star bases, keywords
bases = (dict,)
class A(*bases): pass
class B(object if True else int, metaclass=type): pass
kw = {"flag": 1}
class Base:
    def __init_subclass__(cls, **k): cls.kw = k
class C(Base, **kw, extra=2): pass
print(A.__bases__, B.__bases__, C.kw)
def mk(): return [Base]
class D(*mk(), z=0): pass
print(D.kw, D.__mro__[1] is Base)
class E(): "doc only"
print(E.__doc__, E.__dict__["__doc__"], E.__module__)
class F(Base):
    __slots__ = ()
    x = y = 1
    if x: z = 2
    for i in range(3): pass
    try: raise ValueError
    except ValueError: w = 3
    def __class_getitem__(cls, i): return i
    lambda_ = lambda self: self.x
print(F.z, F.i, F.w, F[1], F().lambda_())
class G(5 .__class__): pass
print(G(3) + 1, G.__mro__)
for src in ("class X(5): pass", "class X(len): pass", "class X(A, A): pass", "class X(metaclass=5): pass", "class X(bool): pass", "class X(type(None)): pass", "class X(int, str): pass", "class X(z=1): pass", "class X(*5): pass", "class X(type(lambda: 0)): pass", "class X(range): pass"):
    try: exec(src)
    except TypeError as e: print(src, "->", e)
