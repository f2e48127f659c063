# class patterns, __match_args__ and built-in classes
class P:
    __match_args__ = ("x", "y")
    def __init__(self, x, y): self.x, self.y = x, y
def f(v):
    match v:
        case P(0, 0): return "origin"
        case P(x, y=0): return f"on x {x}"
        case P(x=0, y=yy): return f"on y {yy}"
        case P(): return "point"
        case bool(b): return f"bool {b}"
        case int(n) if n > 100: return f"big {n}"
        case int() | float(): return "number"
        case str(s): return f"str {s}"
        case list([a, *_]): return f"list {a}"
        case _: return "other"
for v in (P(0, 0), P(3, 0), P(0, 4), P(1, 1), True, 500, 5, 1.5, "s", [7, 8], [], ()):
    print(f(v))
try:
    match P(1, 2):
        case P(1, 2, 3): pass
except TypeError as e:
    print(e)
class N: pass
try:
    match N():
        case N(1): pass
except TypeError as e:
    print(e)
