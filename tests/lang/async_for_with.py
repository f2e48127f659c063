# async for and async with driven by hand
class AIter:
    def __init__(self, n): self.n = n
    def __aiter__(self): return self
    async def __anext__(self):
        if self.n == 0: raise StopAsyncIteration
        self.n -= 1
        return self.n
class ACM:
    async def __aenter__(self): print("aenter"); return "cm"
    async def __aexit__(self, t, v, tb): print("aexit", t and t.__name__); return t is KeyError
async def main():
    async for x in AIter(3):
        if x == 1: continue
        print(x)
    else:
        print("else")
    async with ACM() as a, ACM():
        print(a)
    async with ACM():
        raise KeyError
    return [x async for x in AIter(3) if x], {x async for x in AIter(2)}
def run(c):
    try:
        while True: c.send(None)
    except StopIteration as e:
        return e.value
print(run(main()))
