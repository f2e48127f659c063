# insertion order is kept through deletes and updates
d = {}
for k in "qwerty": d[k] = ord(k)
print(list(d))
del d["w"]; d["w"] = 0; d["q"] = 1
print(list(d), list(d.values()))
d.pop("e"); d["n"] = 1
print(list(d.items()), list(reversed(d.keys())), list(reversed(d.items()))[0], list(reversed(d.values()))[-1])
for i in range(50): d[i] = i
for i in range(0, 50, 2): del d[i]
print(len(d), list(d)[-3:], d.popitem())
print(list({**{"b": 1}, "a": 2, **{"b": 3}}), {"x": 1, "y": 2, "x": 3})
e = {3: 3}
e.update({1: 1, 3: "three"}, )
print(e, e | {0: 0}, {0: 0, 3: "z"} | e)
e |= [(9, 9)]
print(e)
try:
    e | [(1, 2)]
except TypeError as x:
    print(x)
