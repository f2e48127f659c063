# complex for targets
class O: pass
o, d, l = O(), {}, [0, 0]
for o.x, d["k"], (l[0], *l[1:]) in [(1, 2, "abc"), (3, 4, "de")]:
    print(o.x, d, l)
for i, (a, b) in enumerate([(1, 2), (3, 4)]): print(i, a, b)
for [x, [y]] in [[1, [2]]]: print(x, y)
for a, in [(1,), (2,)]: print(a)
for d["i"] in range(3): pass
print(d)
for i in range(3):
    for i in "ab": pass
print(i)
for x in []: pass
print(x)
print([a + b for a, (b, *_) in [(1, (2, 3, 4))]], {k: v for k, [v] in [("a", [1])]})
