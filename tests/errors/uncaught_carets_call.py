# uncaught: carets under a call
def fail(*args):
    raise ValueError("bad arguments", args)

def go():
    return max(1, fail(2,
                       3), 4)
go()
