# uncaught: Did you mean, for names
counter = 1
def f():
    local_value = 2
    return local_vlaue + counter
f()
