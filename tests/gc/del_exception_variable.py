# exception variables, tracebacks and frames let go
class D:
    def __init__(self, n): self.n = n
    def __del__(self): print("del", self.n)
def f():
    d = D("in frame")
    raise ValueError("x")
try:
    f()
except ValueError as e:
    print("handling")
print("after handler")
try:
    raise ValueError(D("arg"))
except ValueError as e:
    pass
print("arg gone")
def g():
    try:
        raise KeyError(D("g"))
    except KeyError:
        print("in handler")
    print("left handler")
g()
saved = None
try:
    f()
except ValueError as e:
    saved = e
print("kept alive")
saved = None
print("released")
