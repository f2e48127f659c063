# subclasses of int
class I(int):
    def __new__(cls, v, tag): 
        self = super().__new__(cls, v)
        self.tag = tag
        return self
    def __add__(self, o): return I(int(self) + o, self.tag + "+")
i = I(5, "t")
print(i, i.tag, i + 1, (i + 1).tag, type(i + 1).__name__, type(i * 2).__name__, type(-i).__name__)
print(i == 5, hash(i) == hash(5), {5: "x"}[i], [0, 1, 2, 3, 4, "five"][i], isinstance(i, int))
class R(int):
    def __repr__(self): return "R!"
print(R(3), [R(3)], f"{R(3)}", str(R(3)), f"{R(3):d}", "%d" % R(3))
class Idx:
    def __index__(self): return 4
print(int(Idx()), range(10)[Idx()], 1 << 4 if Idx() else 0, "%x" % 4)
class BadInt:
    def __int__(self): return "x"
try:
    int(BadInt())
except TypeError as e:
    print(e)
