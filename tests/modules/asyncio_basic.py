# asyncio: run, gather, tasks, sleep, timeouts
import asyncio
async def w(n, d=0):
    await asyncio.sleep(d)
    return n
async def main():
    print(await asyncio.gather(w(1), w(2, 0.002), w(3)))
    t = asyncio.create_task(w("task")); print(t.done()); print(await t, t.done(), t.result())
    try: await asyncio.wait_for(asyncio.sleep(5), 0.005)
    except TimeoutError as e: print("timeout", repr(e))
    t = asyncio.create_task(asyncio.sleep(5)); await asyncio.sleep(0); t.cancel()
    try: await t
    except asyncio.CancelledError: print("cancelled", t.cancelled())
    async def bad(): raise ValueError("b")
    print(await asyncio.gather(w(1), bad(), return_exceptions=True))
    try: await bad()
    except ValueError as e: print(e)
    return "result"
print(asyncio.run(main()))
try: asyncio.get_running_loop()
except RuntimeError as e: print(e)
