# argument binding errors
def f(a, b, c=3): pass
def g(*, k, j): pass
def h(a, /): pass
def z(): pass
def d(a, b=1, *args, k=2): pass
for src in ("f()", "f(1)", "f(1,2,3,4)", "f(1,2,q=5)", "f(1,a=2,b=3)", "g()", "g(k=1)", "g(1,2)",
            "h(a=1)", "h()", "z(1)", "z(x=1)", "d()", "f(*5)", "f(**5)", "f(**{1:2})", "f(b=1, **{'b':2})",
            "d(1, k=1, **{'k': 3})", "f(1, 2, 3, 4, 5, q=1)", "d(k=1)"):
    try:
        eval(src)
    except TypeError as e:
        print(src, "->", e)
class C:
    def m(self, a): pass
try:
    C().m()
except TypeError as e:
    print(e)
try:
    C().m(1, 2)
except TypeError as e:
    print(e)
