# tuples
t = (1, 2, 3)
print(t, t[0], t[-1], t[1:], len(t))
print((), (1,), (1, 2) + (3,), (0,) * 3)
print(t.index(2), t.count(1), 2 in t)
a, b, c = t
print(a, b, c)
print((1, 2) < (1, 3), (1, 2) == (1, 2.0), hash((1, 2)) == hash((1, 2)))
try:
    t[0] = 5
except TypeError as e:
    print(e)
