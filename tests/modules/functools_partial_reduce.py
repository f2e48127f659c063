# functools: partial, reduce, partialmethod, Placeholder
import functools
p = functools.partial(int, base=2)
print(p("101"), p.func is int, p.args, p.keywords, p("11", base=3), functools.partial(print, 1, sep="-"))
q = functools.partial(functools.partial(lambda *a, **k: (a, k), 1, x=1), 2, y=2); print(q(3, z=3), q.args)
print(functools.reduce(lambda a, b: a * b, [1, 2, 3, 4]), functools.reduce(lambda a, b: a + b, [], "init"), functools.reduce(max, [3]))
try:
    functools.reduce(max, [])
except TypeError as e:
    print(e)
class C:
    def m(self, a, b): return a, b
    pm = functools.partialmethod(m, 1)
print(C().pm(2), functools.partial(C.m, b=5)(None, 4))
_ = functools.Placeholder
print(functools.partial(lambda a, b, c: (a, b, c), _, 2)(1, 3))
try:
    functools.partial(5)
except TypeError as e:
    print(e)
