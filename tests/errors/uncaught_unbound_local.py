# uncaught: a local read before assignment
total = 5
def f():
    total += 1
    return total
f()
