# uncaught: bad unpacking in a call
def f(*a, **k): pass
f(*[1], *None, **{})
