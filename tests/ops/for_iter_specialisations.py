# for over lists, tuples, ranges, generators, dicts, strings and user iterators
def total(it):
    out = []
    for x in it:
        out.append(x)
    return out
def gen():
    yield 1
    yield 2
class It:
    def __init__(self): self.n = 0
    def __iter__(self): return self
    def __next__(self):
        self.n += 1
        if self.n > 2: raise StopIteration
        return self.n
for src in ([1, 2], (1, 2), range(2), gen(), {1: 0, 2: 0}, "ab", It(), {7}, b"ab", map(abs, [-1]), zip("a", "b"), enumerate("a"), reversed([1, 2]), iter([]), filter(None, [0, 1]), range(2**65, 2**65 + 1), range(3, 0, -1), memoryview(b"a"), {1: 2}.items(), (i for i in "g")):
    print(total(src), end=" ")
print()
def nested():
    for i in range(2):
        for j in [10, 20]:
            for k in (100,):
                yield i + j + k
print(list(nested()))
l = [1, 2, 3]
for x in l:
    if x == 1: l.append(4)
    if x == 2: l.pop(0)
print(l, x)
for bad in (5, None, int):
    try:
        total(bad)
    except TypeError as e:
        print(e)
