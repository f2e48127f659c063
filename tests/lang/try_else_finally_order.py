# order of the parts of try
def f(n):
    out = []
    try:
        out.append("try")
        if n: raise ValueError
    except ValueError:
        out.append("except")
    else:
        out.append("else")
    finally:
        out.append("finally")
    return out
print(f(0), f(1))
def loop():
    for i in range(3):
        try:
            if i == 0: continue
            if i == 2: return "returned"
            print("body", i)
        except Exception:
            pass
        else:
            print("else", i)
        finally:
            print("fin", i)
print(loop())
def exc_in_else():
    try:
        pass
    except ValueError:
        print("not here")
    else:
        raise ValueError("from else")
try:
    exc_in_else()
except ValueError as e:
    print(e)
