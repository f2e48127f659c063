# itertools: count, cycle, repeat, islice, takewhile, dropwhile
from itertools import *
print(list(islice(count(5), 3)), list(islice(count(1, 0.5), 3)), list(islice(cycle("ab"), 5)), list(repeat("x", 3)), list(islice(repeat(1), 2)), list(islice(count(10, -3), 4)))
print(list(islice(range(10), 2, 8, 3)), list(islice("abc", 0)), list(takewhile(lambda x: x < 3, [1, 2, 3, 1])), list(dropwhile(lambda x: x < 3, [1, 2, 3, 1])), list(filterfalse(lambda x: x % 2, range(5))), list(compress("abcd", [1, 0, 1, 0])))
print(count(3), count(1.5, 2), repeat("a", 2), repeat(None))
c = count(2**63 - 1); print(next(c), next(c), next(c))
for f in (lambda: islice([], -1), lambda: islice([], 0, 1, 0), lambda: count("a"), lambda: repeat(), lambda: islice([1], "x"), lambda: compress([1])):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)
it = iter(range(5)); print(list(islice(it, 2)), list(it))
