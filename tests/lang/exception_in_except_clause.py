# errors while an exception is being handled
def f():
    try: 1 / 0
    except ZeroDivisionError as e:
        try: undefined
        except NameError as n:
            return repr(n.__context__), n.__context__ is e
print(f())
def g():
    try:
        try: raise ValueError("a")
        except undefined_class: pass
    except NameError as e: return e, repr(e.__context__)
print(g())
def h():
    try: raise ValueError("1")
    except ValueError:
        try: raise TypeError("2")
        except TypeError:
            try: raise KeyError("3")
            except KeyError as k: return [type(x).__name__ for x in (k, k.__context__, k.__context__.__context__)]
print(h())
def loop():
    for i in range(3):
        try: raise ValueError(i)
        except ValueError as e:
            if i: return repr(e.__context__)
print(loop())
def gen():
    try: yield 1
    except KeyError as e: yield repr(e.__context__)
def in_handler():
    try: raise OSError("outer")
    except OSError:
        x = gen(); next(x)
        return x.throw(KeyError("k"))
print(in_handler())
e = ValueError("self")
try:
    try: raise e
    except ValueError: raise e
except ValueError as x: print(x.__context__)
