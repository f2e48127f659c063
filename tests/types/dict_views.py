# views are live and set-like
d = {"a": 1, "b": 2}
k, v, i = d.keys(), d.values(), d.items()
print(k, v, i, len(k))
d["c"] = 3
print(list(k), list(v), list(i), "c" in k, 3 in v, ("a", 1) in i, ("a", 2) in i)
print(sorted(k & {"a", "z"}), sorted(k | {"z"}), sorted(k - {"a"}), sorted(k ^ ["a", "q"]), k == {"a", "b", "c"}, k <= {"a", "b", "c", "d"}, k.isdisjoint("xyz"))
print(sorted(i & {("a", 1)}), sorted(i - {("a", 1)}), i == dict(d).items(), v == d.values(), k.mapping["a"], type(k.mapping).__name__)
try:
    k.mapping["x"] = 1
except TypeError as e:
    print(e)
print(type(iter(k)).__name__, type(iter(v)).__name__, type(iter(i)).__name__, repr({}.keys()), {1: 2}.items())
it = iter(d)
next(it)
print(it.__length_hint__())
