# graphlib
from graphlib import TopologicalSorter, CycleError
t = TopologicalSorter({"d": {"b", "c"}, "b": {"a"}, "c": {"a"}})
print([sorted(x) for x in [list(t.static_order())]])
t = TopologicalSorter({2: [1], 3: [2]}); t.prepare()
while t.is_active():
    n = t.get_ready(); print(n); t.done(*n)
try: list(TopologicalSorter({1: [2], 2: [1]}).static_order())
except CycleError as e: print(e.args[0], e.args[1])
