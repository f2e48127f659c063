# starred targets
a, *b = [1, 2, 3]
print(a, b)
*a, b = [1, 2, 3]
print(a, b)
a, *b, c = "abcdef"
print(a, b, c)
a, *b = [1]
print(a, b)
(a, *b), c = [[1, 2, 3], 4]
print(a, b, c)
for x, *y in [(1, 2, 3), (4,)]:
    print(x, y)
for src in ("a, b = 1, 2, 3", "a, b = [1]", "a, *b, c = [1]", "a, b = 5", "a, b = iter([1,2,3])"):
    try:
        exec(src)
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
