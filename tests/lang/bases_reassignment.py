# __class__ and __bases__ assignment
class A:
    def who(self): return "A"
class B:
    def who(self): return "B"
class C(A): pass
c = C()
print(c.who())
C.__bases__ = (B,)
print(c.who(), C.__mro__)
c.__class__ = A
print(c.who(), type(c).__name__, isinstance(c, C))
class S: __slots__ = ("x",)
class S2: __slots__ = ("x",)
class S3: __slots__ = ("y",)
s = S(); s.x = 1; s.__class__ = S2
print(s.x, type(s).__name__)
for o, k in ((c, int), (5, A), (s, S3), (c, S), (c, 5)):
    try: o.__class__ = k
    except TypeError as e: print(e)
for b in ((), (C,), (int,), 5):
    try: C.__bases__ = b
    except TypeError as e: print(e)
