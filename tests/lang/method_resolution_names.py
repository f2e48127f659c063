# attribute lookup through instance, class and bases
class Base:
    x = "base x"
    y = "base y"
    def m(self): return "base m"
class Left(Base):
    x = "left x"
class Right(Base):
    y = "right y"
    def m(self): return "right m > " + super().m()
class Both(Left, Right):
    z = "both z"
b = Both()
print(b.x, b.y, b.z, b.m())
b.y = "inst y"
print(b.y, Both.y, vars(b))
Left.y = "left y now"
del b.y
print(b.y)
del Left.y
print(b.y, [c.__name__ for c in Both.__mro__], Both.m is Right.m, Both.__dict__.keys() & {"x", "z"})
