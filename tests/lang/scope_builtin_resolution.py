# local, enclosing, global, built-in, in that order
abs = "global abs"
def f():
    abs = "enclosing abs"
    def g():
        return abs
    def h():
        abs = "local abs"
        return abs
    return g(), h()
print(f(), abs)
del abs
print(abs(-3))
def late(): return defined_later
defined_later = "now"
print(late())
class C:
    y = "class y"
    def m(self):
        try: return y
        except NameError as e: return str(e)
    z = (lambda: 5)()
    w = [y for _ in "a"] if False else "skipped"
print(C().m())
y = "global y"
print(C().m(), C.y)
def cond(flag):
    if flag: v = 1
    try: return v
    except UnboundLocalError as e: return type(e).__name__
print(cond(True), cond(False))
def loopvar():
    for q in []: pass
    try: return q
    except UnboundLocalError as e: return str(e)
print(loopvar())
def param_del(p):
    del p
    try: return p
    except UnboundLocalError as e: return str(e)
print(param_del(1))
