# exceptions steer the flow
def parse(text):
    try:
        return int(text)
    except ValueError:
        try:
            return float(text)
        except ValueError:
            return None
print([parse(t) for t in ("1", "2.5", "x", "", "1e3", " 7 ")])
def safe_div(a, b):
    try:
        r = a / b
    except ZeroDivisionError:
        return "inf"
    except TypeError as e:
        return f"type: {e}"
    else:
        return r
    finally:
        calls.append((a, b))
calls = []
print(safe_div(1, 2), safe_div(1, 0), safe_div("a", 1), calls)
class Stop(Exception): pass
found = None
try:
    for i in range(10):
        for j in range(10):
            if i * j == 42: found = (i, j); raise Stop
except Stop: pass
print(found)
