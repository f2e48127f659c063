# collections.deque
from collections import deque
d = deque([1, 2, 3])
d.append(4); d.appendleft(0); d.extend("ab"); d.extendleft("xy")
print(d, len(d), d[0], d[-1], d[3], d.pop(), d.popleft(), d)
d.rotate(2); print(d); d.rotate(-1); print(d)
d.remove("x"); d.insert(1, "ins"); d.reverse(); print(d, d.index(2), d.count(1), 3 in d)
m = deque(range(5), maxlen=3); m.append(9); m.appendleft(8); print(m, m.maxlen, m.copy())
del d[0]; d[0] = "set"; print(d, d == deque(d), deque([1]) < deque([2]), list(reversed(d)), deque([1]) + deque([2]), deque([1, 2]) * 2)
d.clear(); print(d, bool(d))
for f in (lambda: d.pop(), lambda: d.popleft(), lambda: d.remove(1), lambda: d[0], lambda: m.insert(0, 1), lambda: deque(5), lambda: deque([], -1), lambda: m.index(77), lambda: hash(d)):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)
x = deque([1, 2])
try:
    for _ in x: x.append(1)
except RuntimeError as e:
    print(e)
