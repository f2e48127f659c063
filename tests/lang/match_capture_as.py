# capture, as patterns, guards and fall through
def f(x):
    match x:
        case [int() as a, (str() | bytes()) as b]: return a, b
        case (1 | 2) as n: return "n", n
        case [x, y] if x == y: return "equal"
        case whole: return "whole", whole
print(f([1, "a"]), f([1, b"b"]), f(2), f([3, 3]), f([3, 4]))
match 5:
    case y if y > 10: print("no")
    case y if y > 3: print("yes", y)
print(y)
match 1, 2:
    case a, b: print(a, b)
match [1]:
    case [z]: pass
print(z)
match 9:
    case 8: print("never")
match = 1
case = 2
print(match, case)
type = 3
_ = 4
print(type, _)
