# Where coroutines are made, as far as that is tracked, and lines of frames that have ended.
import sys


async def c():
    pass


def make():
    return c()


for depth in 0, 1, 2:
    sys.set_coroutine_origin_tracking_depth(depth)
    x = make()
    print(x.cr_origin and [(line, name) for _, line, name in x.cr_origin])
    x.close()
sys.set_coroutine_origin_tracking_depth(0)


def f():
    try:
        try:
            raise ValueError
        finally:
            pass
    except TypeError:
        pass


try:
    f()
except ValueError as e:
    t = e.__traceback__.tb_next
    print(t.tb_lineno - t.tb_frame.f_code.co_firstlineno, t.tb_frame.f_lineno - t.tb_frame.f_code.co_firstlineno)


class Cause:
    def __new__(cls):
        raise KeyError("cause")


class Bad(Exception):
    def __new__(cls):
        return 3


for cause in Cause, Bad, 5:
    try:
        raise IndexError from cause
    except Exception as e:
        print(type(e).__name__, e)

from collections import deque

for n in -1, 0, 1, 2, 5:
    print(list(deque("a") * n), list(deque("ab", 3) * n), list(deque("a", 2) * n))
