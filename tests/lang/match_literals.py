# match on literals and the wildcard
def f(x):
    match x:
        case 0: return "zero"
        case 1 | 2 | 3: return "small"
        case -1: return "minus one"
        case "a" | 'b': return "letter"
        case 1.5: return "float"
        case None: return "none"
        case True: return "true"
        case b"x": return "bytes"
        case 2 + 3j: return "complex"
        case _: return "other"
for v in (0, 1, 3, -1, "a", "c", 1.5, None, True, False, b"x", 2 + 3j, [], 2.0):
    print(repr(v), f(v))
