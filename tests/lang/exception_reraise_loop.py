# exceptions raised again from stored variables and in loops
errs = []
for i in range(3):
    try:
        try: [][i]
        except IndexError as e:
            errs.append(e)
            raise KeyError(i) from e
    except KeyError as k: errs.append(k)
print([type(e).__name__ for e in errs], errs[1].__cause__ is errs[0])
def retry(n):
    for attempt in range(5):
        try:
            if attempt < n: raise OSError(attempt)
            return f"ok after {attempt}"
        except OSError as e: last = e
    raise last
print(retry(3))
try: retry(9)
except OSError as e: print("gave up", e)
try:
    try: raise ValueError("a")
    except ValueError as e:
        try: raise TypeError("b")
        except TypeError: pass
        raise
except ValueError as e: print(e, e.__context__)
def gen():
    try: yield 1
    except ValueError as e: yield repr(e.__context__)
try: raise KeyError("ctx")
except KeyError:
    g = gen(); next(g); print(g.throw(ValueError("t")))
