# traceback objects: frames, line numbers, chain
import sys
def f():
    x = 1
    raise ValueError("v")
def g():
    f()
try:
    g()
except ValueError as e:
    tb = e.__traceback__
    while tb:
        print(tb.tb_frame.f_code.co_name, tb.tb_lineno, tb.tb_lineno - tb.tb_frame.f_code.co_firstlineno)
        last = tb
        tb = tb.tb_next
    print(sorted(last.tb_frame.f_locals.items()), last.tb_frame.f_back.f_code.co_name)
    print(e.with_traceback(None) is e, e.__traceback__)
try:
    e2 = ValueError()
    e2.__traceback__ = 5
except TypeError as t:
    print(t)
import types
tb = types.TracebackType(None, sys._getframe(), 0, 99)
print(tb.tb_lineno, tb.tb_next)
try:
    tb.tb_next = tb
except ValueError as v:
    print(v)
