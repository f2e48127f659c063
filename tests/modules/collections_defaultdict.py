# collections.defaultdict
from collections import defaultdict
d = defaultdict(list)
d["a"].append(1); d["b"].append(2); d["a"].append(3)
print(d, dict(d), d.get("zz"), "zz" in d, d.default_factory)
c = defaultdict(int, x=5); c["x"] += 1; c["y"] += 1; print(c, c.copy(), c | {"z": 0})
n = defaultdict(None)
try:
    n["k"]
except KeyError as e:
    print("KeyError", e)
t = defaultdict(lambda: defaultdict(int)); t["a"]["b"] += 1; print(t["a"], len(t))
try:
    defaultdict(5)
except TypeError as e:
    print(e)
def f(): raise ValueError("factory")
try:
    defaultdict(f)["k"]
except ValueError as e:
    print(e)
r = defaultdict(list); r["self"] = r; print("..." in repr(r))
