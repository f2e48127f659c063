# enumerate and zip
print(list(enumerate("ab")), list(enumerate("ab", start=10)), list(enumerate([], 1)), list(enumerate("a", 2**64)), next(enumerate("x", -1)))
print(list(zip("abc", [1, 2])), list(zip()), list(zip([1])), list(zip("ab", "cd", strict=True)), dict(zip("ab", range(2))), list(zip(*[(1, 2), (3, 4)])))
for a in (("ab", "c"), ("a", "bc"), ("a", "", "")):
    try: list(zip(*a, strict=True))
    except ValueError as e: print(e)
i = iter("abcd"); print(list(zip(i, i)))
a, b = iter([1, 2, 3]), iter([1]); print(list(zip(a, b)), list(a))
e = enumerate(["x", "y"]); print(next(e), list(e), type(e).__name__)
for f in (lambda: enumerate(), lambda: enumerate(5), lambda: enumerate("a", "b"), lambda: zip(1), lambda: zip("a", 5), lambda: zip("a", strict=5) and None):
    try: f()
    except TypeError as x: print(x)
