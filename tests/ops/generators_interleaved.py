# several generators alive at a time
def g(name, n):
    for i in range(n):
        x = yield f"{name}{i}"
        if x: name = x
a, b, c = g("a", 3), g("b", 2), g("c", 4)
print(next(a), next(b), next(c), next(a), b.send("B"), next(c), list(a), list(b), list(c))
def primes():
    found = []
    n = 2
    while True:
        if all(n % p for p in found):
            found.append(n)
            yield n
        n += 1
p = primes()
print([next(p) for _ in range(10)])
def sieve(it):
    n = next(it)
    yield n
    yield from sieve(x for x in it if x % n)
import itertools
print(list(itertools.islice(sieve(itertools.count(2)), 8)))
def tree(t):
    if t:
        yield from tree(t[0])
        yield t[1]
        yield from tree(t[2])
print(list(tree(((None, 1, None), 2, ((None, 3, None), 4, None)))))
def nest(n):
    if n: yield from nest(n - 1)
    yield n
print(sum(nest(100)))
def args(*a, **k):
    yield a
    yield k
print(list(args(1, x=2)))
