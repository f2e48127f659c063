# uncaught: traceback through awaits
import types
async def leaf():
    raise ValueError("leaf failed")
async def mid():
    return await leaf() + 1
async def main():
    x = await mid()
c = main()
c.send(None)
