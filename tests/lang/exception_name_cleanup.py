# the except variable is deleted after its clause
e = "before"
try:
    raise ValueError("x")
except ValueError as e:
    print(e)
try:
    print(e)
except NameError as err:
    print(err)
def f():
    try:
        raise ValueError
    except ValueError as v:
        del v
    try:
        raise KeyError
    except KeyError as v:
        v = None
    try:
        return v
    except UnboundLocalError as u:
        return str(u)
print(f())
import sys
print(sys.exc_info())
try:
    raise TypeError("t")
except TypeError:
    print(sys.exc_info()[0].__name__, repr(sys.exception()))
print(sys.exception())
