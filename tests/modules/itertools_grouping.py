# itertools: chain, groupby, accumulate, zip_longest, tee, pairwise, batched, starmap
from itertools import *
import operator
print(list(chain("ab", [1], ())), list(chain.from_iterable(["ab", "cd"])), [(k, list(g)) for k, g in groupby("aabbbc")], [(k, len(list(g))) for k, g in groupby([1, 3, 2, 4, 5], key=lambda x: x % 2)])
print(list(accumulate([1, 2, 3])), list(accumulate([1, 2, 3], operator.mul)), list(accumulate([1, 2], initial=10)), list(accumulate([])), list(accumulate("abc")))
print(list(zip_longest("abc", "d")), list(zip_longest([1], [2, 3], fillvalue=0)), list(starmap(pow, [(2, 3), (3, 2)])), list(pairwise([1, 2, 3])), list(batched("abcde", 2)))
a, b, c = tee([1, 2, 3], 3); next(a); print(list(a), list(b), list(c))
g = groupby([1, 1, 2]); k1, g1 = next(g); k2, g2 = next(g); print(k1, list(g1), k2, list(g2))
try:
    list(batched("abcde", 2, strict=True))
except ValueError as e:
    print(e)
try:
    batched("a", 0)
except ValueError as e:
    print(e)
