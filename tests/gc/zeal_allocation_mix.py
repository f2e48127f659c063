# many allocations of all sorts keep their contents
import gc
def build(n):
    out = []
    for i in range(n):
        out.append({"i": i, "l": [i, str(i), (i, [i])], "s": {i, i + 1}, "f": lambda i=i: i})
    return out
data = build(300)
print(all(d["i"] == k and d["l"][1] == str(k) and d["l"][2] == (k, [k]) and d["s"] == {k, k + 1} and d["f"]() == k for k, d in enumerate(data)))
data[10]["self"] = data
del data
gc.collect()
text = "".join(chr(97 + i % 26) for i in range(1000))
print(len(text), text[:5], sum(ord(c) for c in text))
tree = None
for i in range(500): tree = (tree, i, [i])
depth = 0
while tree: 
    assert tree[2] == [tree[1]]
    tree = tree[0]; depth += 1
print(depth)
