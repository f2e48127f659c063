# starred tuples in return, yield, index and for
def r(): return 1, *[2, 3]
def y():
    got = yield 0, *"ab"
    yield *[got], "end"
g = y()
print(r(), next(g), g.send("sent"))
class C:
    def __getitem__(self, k): return k
print(C()[*[1, 2], 3], C()[*"a"], C()[1, *()])
for x in *"ab", "c": print(x, end=" ")
print()
t = *range(3),
print(t, [*t, *t], (*t,))
d = {"a": (1, *t)}
print(d)
