# iterators can be pickled and copied
import copy
i = iter([1, 2, 3]); next(i)
j = copy.copy(i)
print(list(i), list(j))
for make in (lambda: iter((1, 2)), lambda: iter("ab"), lambda: iter(range(3)), lambda: reversed([1, 2]), lambda: enumerate("ab"), lambda: iter({1: 0, 2: 0})):
    x = make(); next(x)
    r = x.__reduce__()
    print(r[0].__name__, len(r), list(x))
x = iter(range(10)); x.__setstate__(8); print(list(x))
y = iter([1, 2, 3]); y.__setstate__(1); print(list(y), y.__length_hint__())
