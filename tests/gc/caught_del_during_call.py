# destructors that run Python code in the middle of other operations
class Evil:
    def __init__(self, target): self.target = target
    def __del__(self):
        self.target.clear()
        print("cleared target")
l = []
l.extend([Evil(l), 1, 2])
l[0] = "x"
print(l)
d = {}
d["k"] = Evil(d)
d["k"] = 5
print(d)
l = [1, 2, 3]
l.append(Evil(l))
l[1:] = []
print(l)
class Cmp:
    def __init__(self, l): self.l = l
    def __eq__(self, o):
        self.l.clear()
        return False
l = []
l.extend([Cmp(l), Cmp(l), 3])
print(3 in l, l)
l.extend([Cmp(l), 1])
try:
    print(l.index(1))
except ValueError as e:
    print(e)
