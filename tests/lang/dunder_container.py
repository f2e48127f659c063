# container protocol methods
class Box:
    def __init__(self): self.d = {}
    def __getitem__(self, k): return self.d[k]
    def __setitem__(self, k, v): print("set", k, v); self.d[k] = v
    def __delitem__(self, k): print("del", k); del self.d[k]
    def __len__(self): return len(self.d)
    def __contains__(self, k): return k in self.d
    def __iter__(self): return iter(sorted(self.d))
b = Box()
b["x"] = 1
b[1:2] = 2 if False else "slice"
b[1, 2] = 3
del b["x"]
print(len(b), "x" in b, (1, 2) in b, b[1, 2])
b2 = Box()
b2["q"] = b2["a"] = 0
print(list(b2), bool(b2), bool(Box()))
