# uncaught: raising a stored exception adds a frame
saved = None
def a():
    1 / 0
try:
    a()
except ZeroDivisionError as e:
    saved = e
def b():
    raise saved
b()
