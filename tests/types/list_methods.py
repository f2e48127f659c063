# list methods and their errors
a = [5, 3, 8, 3]
print(a.index(3), a.index(3, 2), a.count(3), a.copy(), a.pop(1), a)
a.insert(100, "end"); a.insert(-100, "start"); a.insert(-1, "x")
print(a)
a.extend("ab"); a.extend(range(2)); a += (9,)
print(a, len(a))
a.remove("x"); a.reverse(); print(a)
a.clear(); print(a, a or "empty")
for f in (lambda: [].pop(), lambda: [1].pop(5), lambda: [].remove(1), lambda: [1].index(2), lambda: [1].index(1, 5), lambda: [][0], lambda: a["a"], lambda: [1].insert("x", 1), lambda: [1] + (2,), lambda: [1] * "a", lambda: [].extend(5), lambda: [1].sort(lambda: 0), lambda: hash([])):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)
print([1, 2] * 2, 2 * [0], [[]] * 2, [] == [], [1] == (1,), [1, [2]] == [1, [2]], [1, 2] < [2], [1] < [1, 0], [] < [0])
