# the traceback module's text
import traceback
def f(n):
    if n == 0:
        raise ValueError("deep")
    f(n - 1)
try:
    f(2)
except ValueError as e:
    print(traceback.format_exc(), end="")
    print(traceback.format_exception_only(e))
    for fr in traceback.extract_tb(e.__traceback__):
        print(fr.name, fr.lineno, fr.line)
    print("".join(traceback.format_tb(e.__traceback__, limit=1)), end="")
    te = traceback.TracebackException.from_exception(e)
    print(te.exc_type_str, str(te), len(te.stack))
    print("".join(traceback.format_list([("file.py", 3, "fn", "code here")])), end="")
def g():
    return [s.name for s in traceback.extract_stack()]
print(g())
