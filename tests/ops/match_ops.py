# keys, classes and lengths in patterns: order and side effects
class M(dict):
    def get(self, k, d=None):
        print("get", k)
        return super().get(k, d)
match M(a=1, b=2):
    case {"a": x, "b": 2}: print("x", x)
class Seq:
    def __len__(self): print("len"); return 2
    def __getitem__(self, i):
        print("item", i)
        if i > 1: raise IndexError
        return i
import collections.abc
collections.abc.Sequence.register(Seq)
match Seq():
    case [a]: print("one")
    case [a, b]: print("two", a, b)
class P:
    __match_args__ = ("x",)
    @property
    def x(self): print("x read"); return 5
match P():
    case P(4): print("4")
    case P(x=5): print("5")
class Loose:
    __match_args__ = ["x"]
try:
    match Loose():
        case Loose(1): pass
except TypeError as e: print(e)
class NoAttr:
    __match_args__ = ("missing",)
match NoAttr():
    case NoAttr(1): print("no")
    case _: print("attribute missing, no match")
try:
    match 1:
        case len(): pass
except TypeError as e: print(e)
try:
    match 1:
        case int(1, 2): pass
except TypeError as e: print(e)
match {"k": None}:
    case {"k": None}: print("None value")
