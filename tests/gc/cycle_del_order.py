# finalisers of a cycle all run, and may look at each other
import gc
out = []
class N:
    def __init__(self, n): self.n = n; self.peers = []
    def __del__(self): out.append((self.n, sorted(p.n for p in self.peers)))
ns = [N(i) for i in range(4)]
for n in ns: n.peers = [p for p in ns if p is not n]
del n, ns
gc.collect()
print(sorted(out))
