# async generators
async def agen():
    try:
        x = yield 1
        print("got", x)
        yield 2
    finally:
        print("cleanup")
def run(c):
    try:
        while True: c.send(None)
    except StopIteration as e:
        return e.value
async def main():
    async for v in agen(): print(v)
    g = agen()
    print(await g.__anext__())
    print(await g.asend("sent"))
    await g.aclose()
    g = agen()
    await anext(g)
    try:
        await g.athrow(ValueError("v"))
    except ValueError as e:
        print("thrown", e)
    print(await anext(g, "default"))
    print([i async for i in (j async for j in agen())])
run(main())
g = agen()
s = g.asend(None)
print(type(g).__name__, type(s).__name__)
s.close()
