# uncaught: a duplicate parameter
def f(alpha, beta, alpha):
    pass
