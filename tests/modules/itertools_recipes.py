# itertools: recipes built from the parts
from itertools import *
from collections import deque
import operator
def take(n, it): return list(islice(it, n))
def flatten(x): return chain.from_iterable(x)
def sliding(it, n):
    it = iter(it); w = deque(islice(it, n - 1), maxlen=n)
    for x in it: w.append(x); yield tuple(w)
def roundrobin(*its):
    for n in range(len(its), 0, -1): pass
    its = [iter(i) for i in its]
    while its:
        for i in its[:]:
            try: yield next(i)
            except StopIteration: its.remove(i)
def unique(it):
    seen = set()
    for x in filterfalse(seen.__contains__, it): seen.add(x); yield x
def powerset(s): return chain.from_iterable(combinations(s, r) for r in range(len(s) + 1))
def partition(p, it): a, b = tee(it); return list(filterfalse(p, a)), list(filter(p, b))
print(take(4, count(1, 2)), list(flatten([[1], [2, 3]])), list(sliding("abcde", 3)), "".join(roundrobin("ABC", "D", "EF")), "".join(unique("AAbBcab")), list(powerset([1, 2, 3])), partition(lambda x: x % 2, range(6)))
print(list(accumulate(repeat(2, 5), operator.mul)), dict(zip(count(), "abc")), [k + str(len(list(g))) for k, g in groupby("aaabbc")], sum(starmap(operator.mul, zip([1, 2, 3], [4, 5, 6]))), list(zip(*[iter(range(6))] * 2)), take(3, cycle([0])), next(dropwhile(str.islower, "abCd")), list(chain(*map(range, range(4)))), all(a <= b for a, b in pairwise([1, 2, 2])))
print(list(map(operator.itemgetter(0), groupby(sorted("banana")))), list(islice(accumulate(chain([1], repeat(None)), lambda f, _: f * 2), 6)), len(list(product(range(2), repeat=10))), list(combinations(range(4), 0)), next(permutations(range(8))))
