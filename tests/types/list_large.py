# long lists: growth, slices, sorting
# skip: gc-zeal
l = []
for i in range(5000): l.append((i * 7919) % 5003)
print(len(l), sum(l), sorted(l)[:3], l.index(4999), max(l), l.count(0))
l.sort(); print(l[:3], l[-3:], all(l[i] <= l[i + 1] for i in range(len(l) - 1)))
l.sort(reverse=True); print(l[:2]); l.sort(key=lambda x: x % 100); print(l[0] % 100, l[-1] % 100)
del l[1000:4000]; l[10:20] = range(1000); print(len(l)); l.reverse(); l[::2] = [0] * len(l[::2]); print(l.count(0))
while len(l) > 10: l.pop()
print(len(l)); l *= 1000; print(len(l), len(l + l), len([x for x in l if x == 0]))
a = list(range(1000)) + list(range(500)) + list(range(1000, 0, -1)); print(sorted(a) == sorted(a, key=lambda x: x), sorted(a)[1500])
for _ in range(900): l.insert(0, 1)
for _ in range(900): l.pop(0)
print(len(l), [1, 2, 3][-3:][::-1])
