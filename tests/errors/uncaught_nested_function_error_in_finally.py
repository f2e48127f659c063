# uncaught: finally runs before the traceback is printed
def f():
    try:
        return g()
    finally:
        print("f finally")
def g():
    try:
        raise OSError("g")
    finally:
        print("g finally")
try:
    f()
finally:
    print("module finally")
