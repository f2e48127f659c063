# slice reads, assignments and deletions
a = list(range(10))
print(a[2:5], a[:3], a[7:], a[-3:], a[::3], a[::-2], a[8:2:-1], a[20:], a[-20:2], a[5:5])
a[2:4] = ["x", "y", "z"]; print(a)
a[0:0] = [-1]; print(a)
a[-1:] = []; print(a)
a[::3] = [0] * len(a[::3]); print(a)
a[1:3] = iter("q"); print(a)
del a[::2]; print(a)
del a[1:]; print(a)
a[5:2] = [7]; print(a)
a[:] = [1, 2, 3]; print(a)
a[1:2] = a; print(a)
for f in (lambda: a.__setitem__(slice(0, 4, 2), [1]), lambda: a.__setitem__(slice(0, 1), 5), lambda: a[::0], lambda: a["x":], lambda: a.__setitem__(99, 1), lambda: a.__delitem__(99)):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)
class I:
    def __index__(self): return 1
print(a[I():], a[I()], a[None:None:None])
