# uncaught: raise in finally
try:
    try:
        [].pop()
    finally:
        print("cleanup")
        raise KeyError("second")
except TypeError:
    print("never")
