# subclasses of list
class L(list):
    def __getitem__(self, i): return ("got", list.__getitem__(self, i))
    def append(self, x): super().append(x * 2)
l = L([1, 2])
l.append(5)
print(l, l[0], l[0:2], len(l), type(l + [1]).__name__, type(l.copy()).__name__, type(l * 2).__name__, list(l))
l.attr = "a"
print(l.attr, l == [1, 2, 10], isinstance(l, list), [*l], sum(l))
class E(list):
    def __len__(self): return 42
    def __iter__(self): return iter("xyz")
    def __contains__(self, x): return x == "magic"
e = E([1])
print(len(e), list(e), "magic" in e, 1 in e, bool(e), e[0])
class R(list):
    def __repr__(self): return "R" + super().__repr__()
print(R([R(), 1]), str(R()))
