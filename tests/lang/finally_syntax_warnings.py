# return, break and continue inside finally discard the exception
import warnings
warnings.simplefilter("ignore")
src = """
def f():
    try:
        raise ValueError("lost")
    finally:
        return "from finally"
def g():
    for i in range(3):
        try:
            raise KeyError(i)
        finally:
            if i < 2: continue
            break
    return i
def h():
    while True:
        try:
            return "first"
        finally:
            break
    return "after"
"""
exec(compile(src, "s", "exec"))
print(f(), g(), h())
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter("always")
    compile(src, "s", "exec")
    print([(str(x.message), x.category.__name__, x.lineno) for x in w])
