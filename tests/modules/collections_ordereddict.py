# collections.OrderedDict
from collections import OrderedDict
d = OrderedDict([("a", 1), ("b", 2), ("c", 3)])
d.move_to_end("a"); print(d, list(reversed(d))); d.move_to_end("c", last=False); print(list(d))
print(d.popitem(), d.popitem(last=False), d, OrderedDict(a=1, b=2) == OrderedDict(b=2, a=1), OrderedDict(a=1, b=2) == {"b": 2, "a": 1})
d.update(z=26); d["y"] = 25; print(d.keys(), d.values(), d.items(), d.pop("z"), d | {"n": 1}, OrderedDict.fromkeys("ab", 0))
try:
    d.move_to_end("zz")
except KeyError as e:
    print("KeyError", e)
try:
    OrderedDict().popitem()
except KeyError as e:
    print(e)
it = iter(d)
try:
    for k in d: d["new" + k] = 1
except RuntimeError as e:
    print(e)
