# mapping patterns
def f(x):
    match x:
        case {"type": "point", "x": x, "y": y}: return f"point {x},{y}"
        case {"type": t, **rest}: return f"{t} {rest}"
        case {1: _, 2: _}: return "one and two"
        case {}: return "some mapping"
        case _: return "no"
print(f({"type": "point", "x": 1, "y": 2, "z": 3}))
print(f({"type": "circle", "r": 5}))
print(f({1: 0, 2: 0}), f({}), f({"q": 1}), f([]))
from collections import defaultdict, OrderedDict
d = defaultdict(int)
print(f(d), len(d))
K = type("K", (), {"A": "ka"})
match {"ka": 10}:
    case {K.A: v}: print(v)
try:
    match {"a": 1}:
        case {K.A: 1, "ka": 2}: print("dup")
        case _: print("none")
except ValueError as e:
    print(e)
