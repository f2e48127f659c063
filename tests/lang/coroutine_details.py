# coroutine objects: states, close, errors, awaiting twice
import inspect
class Y:
    def __await__(self): return (yield "y")
async def c():
    try: return await Y()
    finally: print("cleanup")
x = c()
print(inspect.getcoroutinestate(x), x.cr_await, x.cr_running); x.send(None); print(inspect.getcoroutinestate(x), type(x.cr_await).__name__); x.close(); print(inspect.getcoroutinestate(x))
try: iter(x)
except TypeError as e: print(e)
try: next(x)
except TypeError as e: print(e)
async def stop(): raise StopIteration(5)
s = stop()
try: s.send(None)
except RuntimeError as e: print(e)
async def gen_awaits(): return [await v() for v in (one, two)]
async def one(): return 1
async def two(): return 2
g = gen_awaits()
try: g.send(None)
except StopIteration as e: print(e.value)
async def nested():
    async def inner(n): return n if n == 0 else await inner(n - 1) + 1
    return await inner(20)
n = nested()
try: n.send(None)
except StopIteration as e: print(e.value)
async def ctx():
    return {k: await one() for k in "ab"}, (await two()) + 1, [x async for x in ag() if await one()]
async def ag():
    yield 1
    yield 2
t = ctx()
try: t.send(None)
except StopIteration as e: print(e.value)
print(inspect.iscoroutinefunction(one), inspect.isasyncgenfunction(ag), inspect.isawaitable(Y()), c.__name__)
