# dict literals and common methods
d = {"a": 1, "b": 2}
d["c"] = 3
print(d, len(d), d["a"], d.get("z"), d.get("z", 0))
print(list(d), list(d.values()), list(d.items()))
print("a" in d, "z" in d)
del d["a"]
print(d.pop("b"), d.pop("q", None), d)
d.update(x=1, y=2)
d.setdefault("x", 100)
d.setdefault("w", 100)
print(d)
for k in d:
    print(k, end=" ")
print()
print({**d, "x": 0}, d | {"n": 1})
try:
    d["nope"]
except KeyError as e:
    print("KeyError", e)
