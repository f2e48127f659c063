# contextlib: contextmanager, closing, suppress, ExitStack, redirect_stdout
import contextlib, io
@contextlib.contextmanager
def cm(n):
    print("enter", n)
    try:
        yield n * 2
    except ValueError as e:
        print("swallow", e)
    finally:
        print("exit", n)
with cm(1) as x: print(x)
with cm(2): raise ValueError("v")
try:
    with cm(3): raise KeyError("k")
except KeyError as e: print("through", e)
with contextlib.suppress(ZeroDivisionError, KeyError): 1 / 0
buf = io.StringIO()
with contextlib.redirect_stdout(buf): print("captured")
print(repr(buf.getvalue()))
class C:
    def close(self): print("closed")
with contextlib.closing(C()): print("using")
with contextlib.ExitStack() as s:
    s.enter_context(cm("a")); s.callback(print, "callback", 1); s.push(lambda *a: print("pushed", a[0])); s.enter_context(cm("b"))
with contextlib.nullcontext(5) as n: print(n)
@contextlib.contextmanager
def noyield():
    if False: yield
try:
    with noyield(): pass
except RuntimeError as e: print(e)
@contextlib.contextmanager
def twice():
    yield; yield
try:
    with twice(): pass
except RuntimeError as e: print(e)
class D(contextlib.ContextDecorator):
    def __enter__(self): print("D in")
    def __exit__(self, *a): print("D out")
@D()
def g(): print("g")
g()
@cm("deco")
def h(): print("h")
h()
