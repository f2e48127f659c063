# __missing__ and subclasses of dict
class D(dict):
    def __missing__(self, k):
        print("missing", k)
        return k * 2
d = D(a=1)
print(d["a"], d["b"], d.get("b"), "b" in d, len(d))
class L(dict):
    def __getitem__(self, k): return ("L", super().__getitem__(k))
    def __setitem__(self, k, v): print("set", k); super().__setitem__(k, v)
l = L(x=1)
l["y"] = 2
l.update(z=3)
l.setdefault("w", 4)
print(l["x"], l.get("x"), dict(l), {**l}, list(l.values()), type(l.copy()).__name__, type(l | {}).__name__)
def f(**k): return k
print(f(**l))
class Boom(dict):
    def __missing__(self, k): raise IndexError("boom")
try:
    Boom()[1]
except IndexError as e:
    print(e)
