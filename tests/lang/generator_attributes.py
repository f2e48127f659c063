# what a generator object tells of itself
import inspect
def g(x):
    y = x + 1
    yield y
i = g(1)
print(i.gi_running, i.gi_yieldfrom, i.gi_code.co_name, i.__name__, i.__qualname__)
print(inspect.getgeneratorstate(i))
next(i)
print(inspect.getgeneratorstate(i), i.gi_frame.f_locals)
list(i)
print(inspect.getgeneratorstate(i), i.gi_frame)
i.__name__ = "renamed"
print(i.__name__)
print(iter(i) is i, type(i).__name__)
