# reversed: sequences, __reversed__, errors
print(list(reversed("abc")), list(reversed([1, 2])), list(reversed((1, 2))), list(reversed(range(3))), list(reversed({1: 0, 2: 0})), list(reversed(b"ab")))
class R:
    def __reversed__(self): return iter("custom")
class S:
    def __len__(self): return 3
    def __getitem__(self, i): return i * 10
class N:
    __reversed__ = None
    def __len__(self): return 1
    def __getitem__(self, i): return i
class L:
    def __len__(self): return 2
print("".join(reversed(R())), list(reversed(S())))
for x in (5, {1}, N(), L(), iter([])):
    try: print(list(reversed(x)))
    except TypeError as e: print(e)
