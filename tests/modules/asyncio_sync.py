# asyncio: queues, locks, events, futures, task groups
import asyncio
async def main():
    q = asyncio.Queue(1); out = []
    async def prod():
        for i in range(3): await q.put(i); out.append(f"put {i}")
    async def cons():
        for _ in range(3): out.append(f"got {await q.get()}")
    await asyncio.gather(prod(), cons()); print(sorted(out))
    lock = asyncio.Lock(); order = []
    async def crit(n):
        async with lock: order.append(n); await asyncio.sleep(0); order.append(n)
    await asyncio.gather(crit(1), crit(2)); print(order)
    e = asyncio.Event(); t = asyncio.create_task(e.wait()); e.set(); print(await t)
    f = asyncio.get_running_loop().create_future(); asyncio.get_running_loop().call_soon(f.set_result, 7); print(await f)
    async with asyncio.TaskGroup() as tg:
        a = tg.create_task(asyncio.sleep(0, "a")); b = tg.create_task(asyncio.sleep(0, "b"))
    print(a.result(), b.result())
    async def fail(): raise KeyError("k")
    try:
        async with asyncio.TaskGroup() as tg: tg.create_task(fail()); tg.create_task(asyncio.sleep(5))
    except* KeyError as g: print("group", g.exceptions)
    try:
        async with asyncio.timeout(0.005): await asyncio.sleep(5)
    except TimeoutError: print("timed out")
    done, pending = await asyncio.wait([asyncio.create_task(asyncio.sleep(0)), asyncio.create_task(asyncio.sleep(5))], return_when=asyncio.FIRST_COMPLETED); print(len(done), len(pending)); [p.cancel() for p in pending]
    print([await c for c in asyncio.as_completed([asyncio.sleep(0, 1)])], await asyncio.to_thread(len, "abc"))
asyncio.run(main())
