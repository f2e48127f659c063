# uncaught: a traceback through generators
def gen():
    yield 1
    raise LookupError("in generator")
def outer():
    yield from gen()
for x in outer():
    print(x)
