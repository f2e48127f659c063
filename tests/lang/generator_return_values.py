# return in generators, StopIteration values, nested yield from results
def g():
    x = yield 1
    return x or "none"
def collect(gen):
    out = []
    try:
        while True: out.append(next(gen))
    except StopIteration as e: return out, e.value
print(collect(g()), collect(x for x in "ab"))
def deleg():
    a = yield from g()
    b = yield from [5, 6]
    c = yield from (i for i in ())
    return a, b, c
print(collect(deleg()))
def early():
    return 5
    yield
print(collect(early()), list(early()))
def tup():
    return (1, 2)
    yield
try: next(tup())
except StopIteration as e: print(e.value, e.args)
def exc():
    return StopIteration(7)
    yield
print(collect(exc()))
def fin():
    try:
        yield 1
        return "try"
    finally: print("fin")
print(collect(fin()))
