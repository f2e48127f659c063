# tuple behaviour and errors
t = (1, 2, 3, 2)
print(t.count(2), t.index(2), t.index(2, 2), t[1:], t[::-1], t * 2, t + (9,), 2 in t, len(t), hash(t) == hash((1, 2, 3, 2)))
print((), (1,), tuple("ab"), tuple({1: 2}), tuple(), (1, (2, (3,))), ((),), tuple([1]) == (1,), tuple(t) is t)
print((1, 2) < (1, 2, 0), (2,) > (1, 9), () < (0,), (1, "a") == (1, "a"), (1,) == [1])
for f in (lambda: t[9], lambda: t["a"], lambda: t + [1], lambda: t.index(9), lambda: (1, "a") < (1, 2), lambda: hash(([],)), lambda: t.__setitem__, lambda: tuple(5), lambda: (1,) * 1.5):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)
class T(tuple):
    pass
x = T((1, 2))
print(x, type(x[0:1]).__name__, type(x + (1,)).__name__, x == (1, 2), T([5]).__class__.__name__)
a = b = (1,)
a += (2,)
print(a, b)
t2 = ([],)
try:
    t2[0] += [1]
except TypeError as e:
    print(e, t2)
