# value patterns with dotted names, and order of cases
import enum, types
class Color(enum.Enum):
    RED = 1
    BLUE = 2
ns = types.SimpleNamespace(limit=10, sub=types.SimpleNamespace(x="deep"))
def f(v):
    match v:
        case Color.RED: return "red"
        case ns.limit: return "limit"
        case ns.sub.x: return "deep"
        case Color(): return "other color"
        case -5 | 5: return "five"
        case _: return "none"
print([f(v) for v in (Color.RED, Color.BLUE, 10, 10.0, "deep", -5, 5, 6)])
def g(v):
    match v:
        case {"op": "add" | "plus", "args": [a, b]}: return a + b
        case {"op": "neg", "args": [a]}: return -a
        case {"op": str(op)}: return f"unknown {op}"
        case [("x" | "y") as axis, int(n) | float(n)]: return axis, n
        case (None | True | False) as c: return "const", c
        case str() | bytes() as s if len(s) > 2: return "long", s
        case [[[x]]]: return "nested", x
        case {**rest} if rest: return "rest", rest
        case object(): return "object"
for v in ({"op": "plus", "args": (1, 2)}, {"op": "neg", "args": [3]}, {"op": "q"}, {"op": 5}, ["x", 1.5], ("z", 1), None, 1, "abc", b"abcd", "a", [[[7]]], {}):
    print(g(v))
match [1, [2, 3, 4]]:
    case [a, [b, *c]] if (d := sum(c)) > 5: print(a, b, c, d)
match 3:
    case int(real=r, imag=i): print(r, i)
match range(10, 13):
    case [10, *mid, 12]: print(mid)
