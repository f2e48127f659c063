def generator(a):
    received = yield a
    try:
        yield from received
    finally:
        yield
    return received


async def coroutine(source):
    async with source as stream, lock:
        async for item in stream:
            if await item:
                break
        else:
            return None
    values = [await x async for x in source if x]
    return {k: v async for k, v in values}


async def async_generator(source):
    async for item in source:
        yield item
        await item


def early(source):
    for item in source:
        with item:
            try:
                if item:
                    continue
                return item
            finally:
                del item
