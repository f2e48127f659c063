# async generators: asend, athrow, aclose, states
def run(c):
    try:
        while True: c.send(None)
    except StopIteration as e: return e.value
async def ag():
    try:
        while True:
            try: x = yield "v"
            except ValueError as e: x = yield f"caught {e}"
            if x == "stop": return
    finally: print("finally")
async def main():
    g = ag()
    print(await g.asend(None), await g.athrow(ValueError("q")), await g.asend(1))
    try: await g.asend("stop")
    except StopAsyncIteration: print("stopped")
    try: await g.asend(None)
    except StopAsyncIteration: print("still stopped")
    g = ag()
    try: await g.asend(5)
    except TypeError as e: print(e)
    await g.aclose()
    g = ag(); await g.__anext__(); await g.aclose(); print([x async for x in g])
    async def bad():
        try: yield 1
        except GeneratorExit: yield 2
    b = bad(); await anext(b)
    try: await b.aclose()
    except RuntimeError as e: print(e)
    async def r():
        yield 1
        raise StopAsyncIteration
    try: print([x async for x in r()])
    except RuntimeError as e: print(e)
    print(await anext(aiter(ag())), g.ag_frame, g.ag_running, g.__name__)
run(main())
