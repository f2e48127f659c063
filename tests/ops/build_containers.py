# displays of all sizes, with constants and with variables
x, y = 1, "b"
print([], (), {}, [x], (x,), {x}, {x: y}, [x, y, 3], (x, y, 3), {x: 1, y: 2}, [1, 2, 3], (1, 2, 3), {1, 2, 3}, {1: 2, 3: 4})
big = [x, x + 1, x + 2, x + 3, x + 4, x + 5, x + 6, x + 7, x + 8, x + 9, x + 10, x + 11, x + 12, x + 13, x + 14, x + 15, x + 16, x + 17, x + 18, x + 19, x + 20, x + 21, x + 22, x + 23, x + 24, x + 25, x + 26, x + 27, x + 28, x + 29, x + 30, x + 31, x + 32, x + 33, x + 34]
print(len(big), sum(big))
d = {"a": x, "b": x, "c": x, "d": x, "e": x, "f": x, "g": x, "h": x, "i": x, "j": x, "k": x, "l": x, "m": x, "n": x, "o": x, "p": x, "q": x, "r": x}
print(len(d), d["r"])
def fresh(): return [1, 2], {"k": []}, {1, 2}
p, q = fresh(), fresh()
p[0].append(3); p[1]["k"].append(1); p[2].add(9)
print(q)
def const(): return (1, (2, 3), "x", None)
print(const() is const(), [*range(3), *"ab"], {**{}, "a": 1}, {*(), 1}, (*[], ), [[[]]], {1: {2: {3: 4}}})
for src in ("{[]: 1}", "{{}}", "{1: 2, **5}", "[*None]", "{*1}", "(*1,)"):
    try:
        eval(src)
    except TypeError as e:
        print(e)
