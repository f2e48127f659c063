# cells, frames and code objects
import sys, types
def outer():
    x = 1
    def inner(): return x
    return inner
f = outer(); c = f.__closure__[0]
print(type(c).__name__, c.cell_contents, c == types.CellType(1), c < types.CellType(2), types.CellType() == types.CellType())
c.cell_contents = 99; print(f())
del c.cell_contents
try: c.cell_contents
except ValueError as e: print(e)
try: f()
except NameError as e: print(e)
def g():
    fr = sys._getframe()
    loc = 5
    return fr.f_code.co_name, fr.f_locals["loc"], fr.f_globals is globals(), fr.f_back.f_code.co_name, fr.f_lineno - fr.f_code.co_firstlineno, fr.f_builtins["len"] is len, fr.f_trace
print(g())
def h():
    x = 1
    fr = sys._getframe()
    fr.f_locals["x"] = 42
    fr.f_locals["new"] = 1
    return x, sorted(fr.f_locals), type(fr.f_locals).__name__
print(h())
k = f.__code__
print(k.co_name, k.co_argcount, k.co_freevars, type(k).__name__, hash(k) == hash(k), isinstance(k.co_code, bytes), k.co_consts is not None)
def two(): return (lambda: 1, lambda: 1)
a, b = two(); print(a.__code__ == b.__code__ or "differ", a.__code__ is two()[0].__code__)
fr = sys._getframe(); print(fr.f_locals is fr.f_globals or fr.f_locals == fr.f_globals)
def done(): return sys._getframe()
d = done(); print(d.f_back is None or "has back", d.f_lasti >= 0); d.clear(); print(d.f_locals)
