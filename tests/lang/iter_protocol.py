# user iterators, and iteration by __getitem__
class Count:
    def __init__(self, n): self.n = n
    def __iter__(self): return self
    def __next__(self):
        if self.n == 0: raise StopIteration
        self.n -= 1
        return self.n
print(list(Count(3)))
for x in Count(2): print(x)
class Seq:
    def __getitem__(self, i):
        if i > 2: raise IndexError
        return i * 10
print(list(Seq()), 20 in Seq(), 5 in Seq())
a, b, c = Seq()
print(a, b, c)
print(list(iter([1, 2, 0, 3].pop, 0)))
class NoIter:
    __iter__ = None
for bad in (5, NoIter(), type("X", (), {"__iter__": lambda s: 1})()):
    try:
        iter(bad)
    except TypeError as e:
        print(e)
