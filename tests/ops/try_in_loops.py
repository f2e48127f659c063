# exception handling does not disturb loop and expression state
def f(n):
    total = 0
    for i in range(n):
        try:
            if i % 3 == 0: raise ValueError(i)
            if i % 5 == 0: continue
            total += i
        except ValueError as e:
            total += 100
            if i == 9: break
        finally:
            total += 1000
    return total
print(f(5), f(30))
def g():
    out = []
    for a in [1, 2]:
        for b in (x for x in [10, 0, 20]):
            try:
                out.append(a * 100 // b)
            except ZeroDivisionError:
                out.append("z")
                continue
    return out
print(g())
print([h(i) for h in [lambda i: 1 // i if i else "d"] for i in range(3)])
def nest(n):
    try:
        if n: return nest(n - 1)
        raise KeyError("deep")
    except KeyError:
        if n == 3: return "caught at 3"
        raise
print(nest(6))
def ret():
    for i in range(3):
        try:
            return i
        finally:
            if i == 0: print("finally wins")
print(ret())
