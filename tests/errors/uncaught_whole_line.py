# uncaught: no carets when the whole line is at fault
def f():
    raise KeyError("whole line")
f()
