# StopIteration and StopAsyncIteration attributes
s = StopIteration(1, 2)
print(s.value, s.args); s.value = 9; print(s.value, s.args, StopIteration().value, StopIteration(None).value)
print(repr(StopAsyncIteration(5)), hasattr(StopAsyncIteration(), "value"))
def g(): return (yield)
i = g(); next(i)
try: i.send((1, 2))
except StopIteration as e: print(e.value, e.args)
class It:
    def __next__(self): raise StopIteration("payload")
    def __iter__(self): return self
def d(): return (yield from It())
try: next(d())
except StopIteration as e: print(e.value)
print(next(It(), "default"), list(It()))
for x in (SystemExit(), SystemExit(3), SystemExit(1, 2)): print(x.code, x.args)
