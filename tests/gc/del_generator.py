# generators hold their frame until finished or closed
class D:
    def __init__(self, n): self.n = n
    def __del__(self): print("del", self.n)
def g():
    d = D("gen local")
    try:
        yield 1
        yield 2
    finally:
        print("finally")
x = g()
next(x)
del x
print("after del of generator")
for v in g():
    print("v", v)
    break
print("after break")
print(list(g()))
def h(arg):
    yield arg.n
it = h(D("arg"))
print(next(it))
print(next(it, "done"))
print("end")
