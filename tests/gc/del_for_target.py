# the loop variable keeps the last element
class D:
    def __init__(self, n): self.n = n
    def __del__(self): print("del", self.n)
def gen():
    for i in range(3):
        yield D(i)
for d in gen():
    print("body", d.n)
print("after loop")
d = None
print("cleared")
a, b = D("a"), D("b")
a, b = b, a
print("swapped", a.n, b.n)
a = b = None
print("done")
