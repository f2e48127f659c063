# except* splits groups
def f(eg):
    try:
        raise eg
    except* ValueError as g:
        print("V", g.exceptions)
    except* (TypeError, KeyError) as g:
        print("TK", g.exceptions)
    else:
        print("else")
    finally:
        print("finally")
f(ExceptionGroup("all", [ValueError(1), TypeError(2), ValueError(3)]))
f(KeyError("single"))
try:
    f(ExceptionGroup("rest", [ValueError(1), OSError(2)]))
except ExceptionGroup as e:
    print("left", repr(e))
try:
    pass
except* ValueError:
    print("no")
else:
    print("clean")
try:
    try:
        raise ExceptionGroup("n", [ExceptionGroup("m", [ValueError(1), TypeError(2)]), ValueError(3)])
    except* ValueError as g:
        print(repr(g))
except* TypeError as t:
    print(repr(t))
