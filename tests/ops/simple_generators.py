# yield in loops, values sent back, early end
def count(n):
    i = 0
    while i < n:
        yield i
        i += 1
print(list(count(4)), sum(count(5)), [x for x in count(3)], tuple(count(0)))
def pairs(a, b):
    for x in a:
        for y in b:
            yield x, y
print(list(pairs("ab", (1, 2))))
def stop_early():
    yield 1
    return
    yield 2
print(list(stop_early()))
g = count(3)
print(next(g), next(g), next(g), next(g, None), next(g, "x"))
for x in count(10):
    if x == 2: break
print(x)
a, b, c = count(3)
print(a, b, c, max(count(6)), 2 in count(5), list(zip(count(2), count(5))))
