# uncaught: three chained exceptions
def one(): raise ValueError(1)
def two():
    try: one()
    except ValueError as e: raise TypeError(2) from e
def three():
    try: two()
    except TypeError: raise OSError(3)
three()
