# uncaught: lambdas and nested functions are named in the traceback
def outer():
    def inner(f):
        return f(0)
    return inner(lambda n: 1 / n)
outer()
