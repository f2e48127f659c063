# uncaught: re-raising keeps the first traceback
def f():
    raise ValueError("first")
def g():
    try:
        f()
    except ValueError as e:
        print("logging", e)
        raise
g()
