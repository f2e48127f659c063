# yield as an expression everywhere
def g():
    x = yield
    y = (yield x) + 1
    print("args", (yield y), (yield), sep="|")
    print(f"{(yield 'in fstring')}")
    d = {(yield "key"): (yield "val")}
    yield d
    (yield "paren")
    l = lambda: (yield)
    yield type(l()).__name__
it = g(); next(it)
print(it.send(1), it.send(2), it.send("a"), it.send("b"), it.send("f"), it.send("K"), it.send("V"), next(it), next(it))
def aug():
    n = 0
    while True: n += (yield n)
a = aug(); next(a); print(a.send(5), a.send(6))
def cond():
    if (yield "q"): yield "yes"
    else: yield "no"
c = cond(); next(c); print(c.send(True)); c = cond(); next(c); print(c.send(0))
def ret(): return (yield 1)
r = ret(); next(r)
try: r.send("ret")
except StopIteration as e: print(e.value)
