# list.sort: key, reverse, stability, errors
a = [3, -1, 2, -5]
a.sort(); print(a)
a.sort(key=abs); print(a)
a.sort(key=abs, reverse=True); print(a)
w = ["b", "A", "c", "B"]
w.sort(key=str.lower); print(w)
w.sort(key=str.lower, reverse=True); print(w)
print(sorted([(2, "b"), (1, "z"), (2, "a")]), sorted([[2], [1, 5], []]), sorted([1.5, 1, 0.5, True]))
class K:
    def __init__(self, v): self.v = v
    def __lt__(self, o): return self.v < o.v
    def __repr__(self): return f"K{self.v}"
print(sorted([K(3), K(1), K(2)]))
for f in (lambda: [1, "a"].sort(), lambda: [1, 2].sort(key=5), lambda: [3, 1].sort(key=lambda x: 1 / 0), lambda: [object(), object()].sort(), lambda: [1].sort(abs)):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)
def mutate(x):
    lst.append(1)
    return x
lst = [1, 2]
try:
    lst.sort(key=mutate)
except ValueError as e:
    print(e, lst)
print([].sort(), sorted([], key=5))
