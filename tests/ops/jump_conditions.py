# conditional jumps on every sort of value, with not/and/or
def b(x): return "T" if x else "F"
def nb(x): return "T" if not x else "F"
def both(x, y): return "T" if x and y else "F"
def either(x, y): return "T" if x or y else "F"
def none(x): return "N" if x is None else "S"
def notnone(x): return "S" if x is not None else "N"
vals = [0, 1, 0.0, 0.1, "", "a", [], [0], None, True, False, {}, {1: 1}, (), 2**70, 0j, ..., len]
print("".join(map(b, vals)), "".join(map(nb, vals)), "".join(map(none, vals)), "".join(map(notnone, vals)))
print("".join(both(x, y) for x in vals[:6] for y in vals[:6]), "".join(either(x, y) for x in vals[:6] for y in vals[:6]))
def chain(a, c, d):
    if a and (c or not d) and not (a and c and d): return 1
    return 0
print([chain(a, c, d) for a in (0, 1) for c in (0, 1) for d in (0, 1)])
def w(n):
    while n and n != 3: n -= 1
    return n
print(w(10), w(2), w(0))
class Boom:
    def __bool__(self): raise RuntimeError("bool")
for f in (b, nb, lambda x: both(1, x), lambda x: either(0, x), bool, lambda x: [i for i in [1] if x]):
    try:
        f(Boom())
    except RuntimeError as e:
        print(e, end=" ")
print()
