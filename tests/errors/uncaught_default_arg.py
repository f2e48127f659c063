# uncaught: error in a default value
def f(a, b=1 // 0):
    pass
