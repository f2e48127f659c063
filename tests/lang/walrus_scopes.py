# assignment expressions in comprehensions, classes, lambdas, conditions
def f(data):
    if any((bad := x) < 0 for x in data): return "bad", bad
    return "ok", bad
print(f([1, -2, 3]), f([1, 2]))
print([(y := x * 2, y + 1) for x in range(3)], y)
def g():
    total = 0
    return [total := total + v for v in [1, 2, 3]], total
print(g())
print((lambda: (z := 5) + z)(), "z" in globals())
def h():
    global gw
    [gw := i for i in range(4)]
h(); print(gw)
def outer():
    n = 0
    def inner():
        nonlocal n
        return [n := n + i for i in range(3)]
    return inner(), n
print(outer())
d = {(k := "key"): (v := 1), k + "2": v + 1}; print(d, k, v)
while (line := d.pop("key", None)) or (line2 := d.pop("key2", None)): print(line)
print(f"{(w := 7)} {w}", (a := 1) if (b := 0) else (c := 2), b, c, [i := 0, i + 1], (s := [1, 2, 3])[1:(e := 2)], e)
class C:
    attr = (q := 3) + q
print(C.attr, C.q)
