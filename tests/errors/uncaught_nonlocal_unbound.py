# uncaught: unbound local and free variables
def f():
    def g():
        return later
    print(g())
    later = 1
f()
