# uncaught: expected an indented block
def f():
x = 1
