# slice objects
s = slice(1, 10, 2)
print(s, s.start, s.stop, s.step, s.indices(5), s.indices(100), slice(None).indices(3), slice(None, None, -1).indices(3), slice(-3, None).indices(10))
print(slice(5), slice(1, 2) == slice(1, 2), slice(1, 2) != slice(1, 3), slice(1) < slice(2), hash(slice(1, 2)) == hash(slice(1, 2)), list(range(10))[s])
class G:
    def __getitem__(self, k): return k
g = G()
print(g[1:2], g[::], g[1:2, 3], g[..., 1:], g[:, None], g[()], g[*[1, 2]], g["a":"b"])
for f in (lambda: slice(), lambda: slice(1, 2, 0).indices(5), lambda: slice(1).indices(-1), lambda: slice("a").indices(3), lambda: slice(1, 2, 3, 4)):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)
try:
    s.start = 5
except AttributeError as e:
    print(e)
