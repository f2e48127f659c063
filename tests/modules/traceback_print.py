# traceback: print_exc, print_stack, chains, limits
import traceback, sys, io
def f(): raise ValueError("inner")
def g():
    try: f()
    except ValueError as e: raise TypeError("outer") from e
try: g()
except TypeError as e:
    b = io.StringIO(); traceback.print_exc(file=b); print(b.getvalue())
    print("".join(traceback.format_exception(e, chain=False)), "".join(traceback.format_exception(e, limit=-1, chain=False)))
    t = traceback.TracebackException.from_exception(e, capture_locals=True); print("".join(t.format())[-60:], t.__cause__.exc_type_str, t.stack[-1].name)
def st(): return traceback.format_stack()[-1]
print(st())
print(traceback.format_exception_only(KeyError("k")), traceback.format_exception_only(SyntaxError("bad", ("f.py", 2, 5, "x = = 1\n"))), traceback.format_exception_only(ExceptionGroup("g", [ValueError(1)]), show_group=True))
traceback.print_exception(OSError(2, "msg"), file=sys.stdout)
ss = traceback.StackSummary.from_list([("f.py", 1, "fn", "code")] * 5); print("".join(ss.format()))
print(traceback.FrameSummary("a.py", 3, "n", line="  text  ").line)
