# range as a sequence
r = range(2, 20, 3)
print(r, len(r), list(r), r[0], r[-1], r[1:4], r[::-1], 8 in r, 9 in r, r.index(11), r.count(5), r.start, r.stop, r.step)
print(range(0) == range(2, 2), range(0, 3, 2) == range(0, 4, 2), hash(range(3)) == hash(range(0, 3, 1)), range(3) != [0, 1, 2], range(5, 0, -1)[1:3])
print(range(10**20)[-1], 10**19 in range(10**20), list(reversed(range(3))), range(10**20)[5:8], bool(range(0)), 2.0 in range(3), "a" in range(3))
for f in (lambda: range(1, 2, 0), lambda: range(3)[5], lambda: range(1.5), lambda: range(), lambda: r.index(9), lambda: range(3)["a"], lambda: range("3"), lambda: range(1, 2, 3, 4), lambda: range(2**100).__len__()):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)
it = iter(range(3))
next(it)
print(list(it), it.__length_hint__(), type(it).__name__, type(iter(range(2**70))).__name__, sum(range(101)), max(range(5)), list(range(2**64, 2**64 + 2)))
