# unpacking of every sort of iterable
def two(x):
    a, b = x
    return a, b
print(two((1, 2)), two([1, 2]), two("ab"), two({"k": 1, "j": 2}), two({5: 0, 6: 0}.items()), two(iter([1, 2])), two(range(2)), two(b"ab"), two(x for x in (1, 2)), two(map(str, [1, 2])))
for bad in ((1,), (1, 2, 3), [], [1, 2, 3], "a", "abc", iter([1]), iter([1, 2, 3]), 5, None, {1: 1}, range(10)):
    try:
        two(bad)
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
def star(x):
    a, *b, c = x
    return a, b, c
print(star("abcd"), star([1, 2]), star(range(5)), star((i for i in range(3))))
try:
    star([1])
except ValueError as e:
    print(e)
class It:
    def __iter__(self):
        yield 1
        raise KeyError("stop")
try:
    two(It())
except KeyError as e:
    print("KeyError", e)
[] = []
() = ""
try:
    [] = [1]
except ValueError as e:
    print(e)
