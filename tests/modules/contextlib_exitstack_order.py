# contextlib.ExitStack: order, suppression, pop_all, errors in exits
from contextlib import *
log = []
@contextmanager
def c(n, swallow=False):
    log.append(f"+{n}")
    try: yield n
    except ValueError:
        log.append(f"!{n}")
        if not swallow: raise
    finally: log.append(f"-{n}")
with ExitStack() as s:
    for i in range(3): s.enter_context(c(i))
print(log); log.clear()
with ExitStack() as s:
    s.enter_context(c("a", True)); s.enter_context(c("b")); raise ValueError
print(log); log.clear()
with ExitStack() as s:
    s.callback(log.append, "cb1"); k = s.pop_all()
print(log); k.close(); print(log); log.clear()
def bad(*a): raise KeyError("in exit")
try:
    with ExitStack() as s: s.push(bad); s.callback(log.append, "still"); raise ValueError("body")
except KeyError as e: print(repr(e), repr(e.__context__), log)
with suppress(ExceptionGroup) if False else suppress(ValueError): raise ExceptionGroup("g", [ValueError(1)])
try:
    with suppress(ValueError): raise ExceptionGroup("g", [ValueError(1), TypeError(2)])
except ExceptionGroup as e: print(repr(e))
class Re:
    def __enter__(self): return self
    def __exit__(self, *a): return True
with Re(), ExitStack() as s: s.enter_context(Re()); 1 / 0
try: ExitStack().enter_context(5)
except TypeError as e: print(e)
@contextmanager
def gen():
    yield 1
g = gen(); print(g.__enter__())
try: g.__enter__()
except Exception as e: print(type(e).__name__)
with chdir("."): print("chdir ok")
