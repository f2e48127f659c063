# map and filter
print(list(map(str, [1, 2])), list(map(lambda a, b: a * b, [1, 2, 3], [4, 5])), list(filter(None, [0, 1, "", 2])), list(filter(lambda x: x > 1, [1, 2, 3])), list(map(int, "123")), list(filter(str.isalpha, "a1b")))
m = map(lambda x: 1 // x, [1, 0, 2])
print(next(m))
try: next(m)
except ZeroDivisionError as e: print(e)
print(next(m), next(m, "end"))
for f in (lambda: map(), lambda: map(5), lambda: next(map(5, [1])), lambda: filter(None), lambda: filter(None, 5), lambda: list(filter(5, [1])), lambda: list(map(lambda: 0, [1]))):
    try: f()
    except TypeError as e: print(e)
for a in (([1, 2], [3]), ([1], [3, 4])):
    try: list(map(lambda *x: x, *a, strict=True))
    except ValueError as e: print(e)
