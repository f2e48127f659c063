# big dicts: growth, deletion, iteration
# skip: gc-zeal
d = {}
for i in range(10000): d[i] = str(i)
print(len(d), d[9999], sum(len(v) for v in d.values()))
for i in range(0, 10000, 3): del d[i]
print(len(d), list(d)[:4], list(d)[-2:], 3 in d, 4 in d)
for i in range(0, 10000, 3): d[i] = i
print(len(d), list(d)[-1], list(d.items())[0])
s = {f"key{i}": i for i in range(3000)}; print(len(s), s["key2999"], sum(s.values()))
for k in list(s): 
    if s[k] % 2: del s[k]
print(len(s), "key1" in s)
c = s.copy(); s.clear(); print(len(c), len(s)); c.update({f"key{i}": 0 for i in range(100)}); print(sum(c.values()), len(c))
while c: c.popitem()
print(c); t = {(i, str(i)): i for i in range(500)}; print(t[(499, "499")]); n = {i / 2: i for i in range(100)}; print(n[1], n[49.5])
e = {}; 
for i in range(1000): e[i % 10] = e.get(i % 10, 0) + 1
print(e)
