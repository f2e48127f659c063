# float subclasses and conversion protocols
class Fl(float):
    def __new__(cls, v): return super().__new__(cls, v)
    def __repr__(self): return "Fl"
f = Fl(2.5)
print(f, [f], f + 1, type(f + 1).__name__, f == 2.5, hash(f) == hash(2.5), f"{f}", f"{f:.2f}", str(f), "%s" % f, "%.1f" % f, float(f), type(float(f)).__name__, int(f), f.is_integer())
class C:
    def __float__(self): return 1.5
class I:
    def __index__(self): return 7
print(float(C()), float(I()), float("  1e3  "), f"{float(C())}", "%f" % C(), "%d" % 3.99, "%f" % I() if False else "")
class Bad:
    def __float__(self): return 1
class Bad2:
    def __float__(self): return "x"
for x in (Bad(), Bad2(), None, "abc", b"1.5x", 1j, [1]):
    try: print(float(x))
    except (TypeError, ValueError) as e: print(type(e).__name__, e)
print(float.__getformat__("double").startswith("IEEE"), float.fromhex("0x1.8p1"), Fl.fromhex("0x1p1"), type(Fl.fromhex("0x1p1")).__name__, (0.1).__hash__() == hash(0.1), (1.5).__add__(1), (1.5).__add__("x"), (1.5).__eq__(1), (1.5).__rsub__(5), float.__truediv__(1.0, 4), (2.0).__pow__(3), (7.5).__divmod__(2), (1.5).__bool__(), (-1.5).__abs__(), (1.5).__getnewargs__())
