# dict methods and their errors
d = {"a": 1, "b": 2}
print(d.get("a"), d.get("x"), d.get("x", 9), d.pop("a"), d.pop("x", "def"), d.setdefault("c", 3), d.setdefault("b", 9), d)
d.update({"z": 26}); d.update([("y", 25)]); d.update(x=24); d.update()
print(d, d.popitem(), d, d.copy() == d, list(reversed(d)))
print(dict.fromkeys("ab"), dict.fromkeys([1, 2], 0), dict([("k", 1)], j=2), dict({"a": 1}, a=2), dict(zip("xy", [1, 2])))
d.clear(); print(d, len(d))
for f in (lambda: {}["k"], lambda: {}.pop("k"), lambda: {}.popitem(), lambda: {}.update(5), lambda: dict([1]), lambda: dict([(1, 2, 3)]), lambda: {[]: 1}, lambda: {}.get([]), lambda: dict(5), lambda: {} < {}, lambda: {} + {}, lambda: {}.__delitem__(1), lambda: hash({}), lambda: {}.update([5]), lambda: {}.update(["ab", "c"])):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)
print({1: "a"} == {1.0: "a"}, {1: 1} != {1: 2}, {"a": 1, "b": 2} == {"b": 2, "a": 1})
