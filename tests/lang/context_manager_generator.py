# with inside generators and recursion
class CM:
    depth = 0
    def __enter__(self): CM.depth += 1; return CM.depth
    def __exit__(self, *a): CM.depth -= 1
def rec(n):
    with CM() as d:
        return d if n == 0 else rec(n - 1)
print(rec(5), CM.depth)
def gen():
    with CM() as d:
        yield d
        with CM() as e:
            yield e
g = gen()
print(next(g), next(g), CM.depth)
g.close()
print(CM.depth)
def loop():
    for i in range(3):
        with CM():
            if i == 1: continue
            try:
                with CM(): raise ValueError
            except ValueError: pass
    return CM.depth
print(loop())
