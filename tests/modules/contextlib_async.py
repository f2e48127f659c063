# contextlib: asynccontextmanager, AsyncExitStack, aclosing
import contextlib
def run(c):
    try:
        while True: c.send(None)
    except StopIteration as e: return e.value
@contextlib.asynccontextmanager
async def acm(n):
    print("in", n)
    try: yield n
    finally: print("out", n)
async def agen():
    try:
        yield 1
        yield 2
    finally: print("agen closed")
async def main():
    async with acm(1) as x: print(x)
    async with contextlib.AsyncExitStack() as s:
        await s.enter_async_context(acm("a"))
        s.callback(print, "cb")
    async with contextlib.aclosing(agen()) as g:
        async for v in g:
            print(v)
            break
    try:
        async with acm("err"): raise ValueError("v")
    except ValueError as e: print(e)
run(main())
