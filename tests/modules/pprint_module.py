# pprint
import pprint
d = {"name": "x" * 30, "list": list(range(25)), "nested": {"k" * 20: "v" * 40, "b": ("t" * 30, "u" * 30)}, "set": {3, 1, 2}}
pprint.pprint(d); pprint.pprint(d, width=50, compact=True, depth=2); print(pprint.pformat([1, 2]), pprint.pformat({"b": 1, "a": 2}), pprint.pformat({"b": 1, "a": 2}, sort_dicts=False))
r = [1]; r.append(r); print(pprint.isrecursive(r), pprint.isreadable([1]), pprint.saferepr({"x": (1,)}))
pprint.pprint("word " * 30, width=40); pprint.pprint([{"a": 1}] * 3, indent=4, width=20); pprint.pp({"z": 1, "y": [2]})
from collections import *; from types import SimpleNamespace; import dataclasses
pprint.pprint(OrderedDict([("key" * 8, 1), ("other" * 8, 2)]), width=30); pprint.pprint(deque(range(30)), width=40); pprint.pprint(Counter("hello")); pprint.pprint(defaultdict(int, a=1)); pprint.pprint(SimpleNamespace(a="x" * 40, b="y" * 40)); pprint.pprint(b"bytes " * 20, width=40)
@dataclasses.dataclass
class P: name: str; vals: list
pprint.pprint(P("n" * 40, list(range(20))), width=50)
print(pprint.pformat(1234567, underscore_numbers=True))
