# keyword arguments keep their order; duplicates are refused
def f(**k): return list(k.items())
print(f(b=1, a=2, c=3), f(z=0, **{"y": 1, "x": 2}, w=3))
for src in ("f(a=1, **{'a': 2})", "f(**{'a': 1}, **{'a': 2})", "f(**{1: 2})", "f(**[1])", "f(*5)", "f(*[1], a=2)"):
    try:
        print(eval(src))
    except TypeError as e:
        print(e)
def g(a, *, b): return a, b
print(g(b=1, a=2), g(**{"b": 3, "a": 4}))
print(dict(**{"a b": 1, "": 2}), f(**{"not an identifier!": 1}))
