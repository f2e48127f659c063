# destroying containers destroys their elements, in order
class D:
    def __init__(self, n): self.n = n
    def __del__(self): print("del", self.n, end=" ")
x = [D(1), D(2), D(3)]; del x; print("list")
x = (D(1), D(2), D(3)); del x; print("tuple")
x = {"a": D(1), "b": D(2)}; del x; print("dict")
x = {"k": D(1)}; x["k"] = D(2); print("replaced"); del x["k"]; print("deleted")
x = [D(1), [D(2), (D(3),)]]; x = 0; print("nested")
class C: pass
c = C(); c.a = D(1); c.b = D(2); del c; print("instance")
c = C(); c.a = D(1); c.a = D(2); print("attr"); del c.a; print("delattr")
x = {1: D("v")}; x.clear(); print("clear")
x = [D(i) for i in range(4)]; x[1:3] = []; print("slice"); del x; print()
x = [D(1)] ; x.pop(); print("pop")
x = [D(1), D(2)]; y = x.pop(0); print("kept"); del y; print(); x *= 0; print("emptied")
