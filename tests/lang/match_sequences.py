# sequence patterns
def f(x):
    match x:
        case []: return "empty"
        case [a]: return f"one {a}"
        case (1, b): return f"one then {b}"
        case [a, [b, c]]: return f"nested {a} {b} {c}"
        case [a, b]: return f"two {a} {b}"
        case [first, *_, last] if first == last: return "same ends"
        case [a, *rest]: return f"head {a} rest {rest}"
        case _: return "no"
for v in ([], [1], (1, 2), [3, 4], [3, [4, 5]], [7, 8, 7], range(4), "ab", b"ab", {1, 2}, iter([1])):
    print(f(v))
from collections import deque
print(f(deque([9, 9, 9])))
