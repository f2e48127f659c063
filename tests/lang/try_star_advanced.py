# except*: nesting, raising inside, naked exceptions, notes
def f(e):
    try:
        try: raise e
        except* ValueError as g: raise KeyError("new") from None
        except* TypeError: print("type handled")
    except BaseException as x: return repr(x)
    return "none"
print(f(ExceptionGroup("g", [ValueError(1)])), f(ExceptionGroup("g", [TypeError(1)])), f(ExceptionGroup("g", [ValueError(1), TypeError(2), OSError(3)])), f(ValueError("naked")), f(OSError("other")))
try:
    try: raise ExceptionGroup("g", [ValueError(1), TypeError(2)])
    except* ValueError: raise
except ExceptionGroup as e: print(repr(e))
try:
    try: raise TypeError
    except* ExceptionGroup: pass
except TypeError as e: print(type(e).__name__, e)
def loop():
    for i in range(2):
        try: raise ExceptionGroup("x", [ValueError(i)])
        except* ValueError as e:
            print(e.exceptions[0])
    return "done"
print(loop())
try:
    try: raise ExceptionGroup("a", [ExceptionGroup("b", [ValueError(1)]), KeyError(2)])
    except* (ValueError, KeyError) as e: print(repr(e)); n = e
    print("after", n.message if "n" in globals() else "")
except NameError as e: print(e)
try:
    try: pass
    except* 5: pass
    raise ExceptionGroup("z", [ValueError()])
except* ValueError as v: print("last", v.message)
