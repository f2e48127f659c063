# uncaught: an exception thrown into a generator
def g():
    x = 1
    yield x
    print("never")
i = g()
next(i)
i.throw(RuntimeError("thrown in"))
