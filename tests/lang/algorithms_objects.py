# linked list, tree and graph classes
class Node:
    __slots__ = ("v", "left", "right")
    def __init__(self, v): self.v, self.left, self.right = v, None, None
class Tree:
    def __init__(self, items=()):
        self.root = None; self.n = 0
        for x in items: self.add(x)
    def add(self, v):
        if self.root is None: self.root = Node(v); self.n = 1; return True
        cur = self.root
        while True:
            if v == cur.v: return False
            side = "left" if v < cur.v else "right"
            nxt = getattr(cur, side)
            if nxt is None: setattr(cur, side, Node(v)); self.n += 1; return True
            cur = nxt
    def __iter__(self):
        def walk(n):
            if n: yield from walk(n.left); yield n.v; yield from walk(n.right)
        return walk(self.root)
    def __contains__(self, v): return any(x == v for x in self)
    def __len__(self): return self.n
t = Tree([5, 2, 8, 1, 9, 3, 5])
print(list(t), len(t), 8 in t, 7 in t, sum(t), max(t))
def bfs(g, s):
    seen, q, order = {s}, [s], []
    while q:
        n = q.pop(0); order.append(n)
        for m in g.get(n, ()):
            if m not in seen: seen.add(m); q.append(m)
    return order
g = {1: [2, 3], 2: [4], 3: [4, 5], 5: [1]}
print(bfs(g, 1))
def dijkstra(g, s):
    import heapq
    d, q = {s: 0}, [(0, s)]
    while q:
        c, n = heapq.heappop(q)
        if c > d[n]: continue
        for m, w in g.get(n, {}).items():
            if c + w < d.get(m, float("inf")): d[m] = c + w; heapq.heappush(q, (c + w, m))
    return d
print(dijkstra({"a": {"b": 7, "c": 3}, "c": {"b": 1, "d": 8}, "b": {"d": 2}}, "a"))
