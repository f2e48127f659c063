# the with statement's protocol
class CM:
    def __init__(self, name, swallow=False):
        self.name, self.swallow = name, swallow
    def __enter__(self):
        print("enter", self.name)
        return self.name.upper()
    def __exit__(self, t, v, tb):
        print("exit", self.name, t and t.__name__, v)
        return self.swallow
with CM("a") as x:
    print("body", x)
with CM("b", True):
    raise ValueError("hidden")
with CM("c") as x, CM("d") as y:
    print(x, y)
with (CM("e") as x, CM("f", True)):
    1 / 0
try:
    with CM("g"):
        raise KeyError("seen")
except KeyError as e:
    print("caught", e)
def f():
    with CM("h"):
        return "ret"
print(f())
