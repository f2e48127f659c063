# locals die when the function returns
class D:
    def __init__(self, n): self.n = n
    def __del__(self): print("del", self.n)
def f():
    x = D("x")
    y = D("y")
    print("body")
    return "ret"
print(f())
def g(arg):
    print("got", arg.n)
g(D("arg"))
print("after g")
def h():
    x = D("h")
    return x
h()
print("after h")
def k():
    x = D("k1")
    x = D("k2")
    del x
    print("k end")
k()
