# what may be awaited, and errors
import types
def run(c):
    try:
        while True: c.send(None)
    except StopIteration as e: return e.value
@types.coroutine
def tick(): return (yield)
class A:
    def __await__(self):
        yield
        return "A"
class BadAwait:
    def __await__(self): return 5
async def ok(): return await tick(), await A(), await inner()
async def inner(): return "inner"
print(run(ok()))
async def bad(x): await x
for x in (5, None, [1], BadAwait(), (i for i in [])):
    try: run(bad(x))
    except TypeError as e: print(e)
c = inner()
run(c)
try: run(c)
except RuntimeError as e: print(e)
async def aw():
    async with 5: pass
try: run(aw())
except TypeError as e: print(e)
async def af():
    async for x in [1]: pass
try: run(af())
except TypeError as e: print(e)
class BadIter:
    def __aiter__(self): return self
    def __anext__(self): return 5
async def ab():
    async for x in BadIter(): pass
try: run(ab())
except TypeError as e: print(e, "|", repr(e.__cause__))
d = inner()
try: d.send(1)
except TypeError as e: print(e)
d.close()
print(inner.__code__.co_flags & 0x80 != 0)
