# asynchronous comprehensions in all displays
def run(c):
    try:
        while True: c.send(None)
    except StopIteration as e: return e.value
async def r(n):
    for i in range(n): yield i
async def inc(x): return x + 1
async def main():
    print([x async for x in r(3)], {x async for x in r(3)}, {x: x * 2 async for x in r(2)})
    print([await inc(x) for x in range(3)], [x + y async for x in r(2) async for y in r(2)], [x async for x in r(5) if await inc(x) > 2])
    g = (x async for x in r(2)); print(type(g).__name__, [v async for v in g])
    print([[y async for y in r(x)] for x in range(3)], [z for z in [await inc(1)]], sum([i async for i in r(4)]))
    h = (await inc(x) for x in [1, 2]); print([v async for v in h])
run(main())
