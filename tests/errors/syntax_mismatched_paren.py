# uncaught: mismatched brackets
def f():
    return (1, 2]
