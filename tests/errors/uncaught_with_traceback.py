# uncaught: with_traceback(None) drops earlier frames
def a():
    raise ValueError("x")
try:
    a()
except ValueError as e:
    raise e.with_traceback(None)
