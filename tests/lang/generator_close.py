# close raises GeneratorExit inside
def g():
    try:
        yield 1
        yield 2
    except GeneratorExit:
        print("exit")
        raise
    finally:
        print("finally")
i = g()
next(i)
print(i.close())
print(i.close(), list(i))
def stubborn():
    try:
        yield 1
    except GeneratorExit:
        yield 2
i = stubborn()
next(i)
try:
    i.close()
except RuntimeError as e:
    print(e)
def returns():
    try:
        yield
    except GeneratorExit:
        return "value"
i = returns()
next(i)
print(i.close())
h = g()
h.close()
print("unstarted closed")
