# asyncio: pipelines, async generators, cancellation and shielding
import asyncio
async def source(n):
    for i in range(n):
        await asyncio.sleep(0)
        yield i
async def square(it):
    async for x in it: yield x * x
async def main():
    print([x async for x in square(source(5))])
    sem = asyncio.Semaphore(2); active = peak = 0
    async def job(i):
        nonlocal active, peak
        async with sem:
            active += 1; peak = max(peak, active); await asyncio.sleep(0); active -= 1
            return i
    print(await asyncio.gather(*(job(i) for i in range(6))), peak)
    log = []
    async def victim():
        try: await asyncio.sleep(10)
        except asyncio.CancelledError: log.append("cleanup"); raise
        finally: log.append("finally")
    t = asyncio.create_task(victim()); await asyncio.sleep(0); t.cancel("why")
    try: await t
    except asyncio.CancelledError as e: log.append(e.args)
    print(log, t.cancelled())
    s = asyncio.create_task(asyncio.sleep(0.002, "survived"))
    try: await asyncio.wait_for(asyncio.shield(s), 0.0001)
    except TimeoutError: print("timeout", s.done())
    print(await s)
    c = asyncio.Condition(); ready = []
    async def waiter():
        async with c: await c.wait_for(lambda: ready); return ready[0]
    w = asyncio.create_task(waiter()); await asyncio.sleep(0)
    async with c: ready.append("go"); c.notify_all()
    print(await w)
    f = asyncio.Future(); f.set_exception(KeyError("f"))
    try: await f
    except KeyError as e: print("future", e)
    loop = asyncio.get_running_loop(); order = []
    loop.call_later(0.002, order.append, "later"); loop.call_soon(order.append, "soon"); await asyncio.sleep(0.01); print(order)
    t = asyncio.create_task(asyncio.sleep(0), name="named"); t.add_done_callback(lambda t: print("done", t.get_name())); await t; await asyncio.sleep(0)
asyncio.run(main())
