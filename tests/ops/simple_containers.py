# building, indexing and iterating containers
l = [1, [2, 3], (4, 5), {"k": 6}, {7}]
print(l[0], l[1][1], l[2][0], l[3]["k"], 7 in l[4], l[-2], l[1:3])
l[0] = l[1]
l[1][0] = "changed"
print(l[0])
d = {i: i * i for i in range(4)}
d[10] = d
del d[0], d[1]
print(list(d), d[10][3], len(d))
t = (1,) + (2, 3) * 2
print(t, t[::2], t.index(3))
m = {}
m["a"], m["b"] = m, [m]
print(len(m), m["b"][0] is m)
s = set()
for x in [3, 1, 3, 2]: s.add(x)
print(len(s), sorted(s), s - {1})
