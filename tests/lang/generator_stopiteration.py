# StopIteration inside a generator becomes RuntimeError
def g():
    yield 1
    raise StopIteration("inside")
i = g()
next(i)
try:
    next(i)
except RuntimeError as e:
    print(e, repr(e.__cause__))
def h():
    yield next(iter([]))
try:
    list(h())
except RuntimeError as e:
    print(e)
def busy():
    yield next(me)
me = busy()
try:
    next(me)
except ValueError as e:
    print(e)
