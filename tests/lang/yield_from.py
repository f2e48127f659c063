# yield from delegates iteration, send, throw and return
def inner():
    r = None
    try:
        r = yield 1
        print("inner got", r)
        yield 2
    except ValueError as e:
        print("inner caught", e)
        yield "recovered"
    return "inner result"
def outer():
    v = yield from inner()
    print("v =", v)
    yield from [10, 20]
    return "end"
print(list(outer()))
g = outer()
next(g)
print(g.send("hello"))
g = outer()
next(g)
print(g.throw(ValueError("x")))
print(next(g))
g = outer()
next(g)
g.close()
def flat(x):
    for e in x:
        if isinstance(e, list):
            yield from flat(e)
        else:
            yield e
print(list(flat([1, [2, [3, [4]], 5]])))
