# heapq: an event simulation and a median stream
import heapq
ev = []
for i, (t, n) in enumerate([(5, "e"), (1, "a"), (3, "c"), (3, "b")]): heapq.heappush(ev, (t, i, n))
out = []
while ev:
    t, i, n = heapq.heappop(ev); out.append((t, n))
    if n == "a": heapq.heappush(ev, (4, 99, "spawned"))
print(out)
class Med:
    def __init__(self): self.lo, self.hi = [], []
    def add(self, x):
        heapq.heappush(self.lo, -heapq.heappushpop(self.hi, x))
        if len(self.lo) > len(self.hi): heapq.heappush(self.hi, -heapq.heappop(self.lo))
        return self.hi[0] if len(self.hi) > len(self.lo) else (self.hi[0] - self.lo[0]) / 2
m = Med(); print([m.add(x) for x in (5, 3, 8, 1, 9, 2)])
h = [(i * 37) % 101 for i in range(60)]; heapq.heapify(h); print([heapq.heappop(h) for _ in range(6)], all(h[i] <= h[c] for i in range(len(h)) for c in (2 * i + 1, 2 * i + 2) if c < len(h)))
class T:
    def __init__(self, p): self.p = p
    def __lt__(self, o): return self.p > o.p
q = []
for p in (1, 5, 3): heapq.heappush(q, T(p))
print([heapq.heappop(q).p for _ in range(3)], heapq.nlargest(3, range(20), key=lambda x: x % 7), heapq.nsmallest(0, [1]), list(heapq.merge("ace", "bdf", key=str.lower)))
