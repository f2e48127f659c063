# uncaught: a coroutine that is never awaited gives a warning
async def forgotten():
    pass
forgotten()
print("after")
