# / and * in parameter lists
def f(a, b, /, c, *, d):
    return a, b, c, d
print(f(1, 2, 3, d=4))
print(f(1, 2, c=3, d=4))
def g(a, /, **kw):
    return a, kw
print(g(1, a=2))
for call in ("f(a=1, b=2, c=3, d=4)", "f(1, 2, 3, 4)", "f(1, 2, 3)", "g()"):
    try:
        eval(call)
    except TypeError as e:
        print(e)
