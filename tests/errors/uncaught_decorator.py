# uncaught: error while decorating
def deco(f):
    raise TypeError("deco failed")

@deco
def g():
    pass
