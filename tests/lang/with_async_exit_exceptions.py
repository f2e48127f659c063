# async with: exceptions in and out
def run(c):
    try:
        while True: c.send(None)
    except StopIteration as e: return e.value
class A:
    def __init__(self, n, mode=""): self.n, self.mode = n, mode
    async def __aenter__(self):
        print("enter", self.n)
        if self.mode == "enter": raise RuntimeError("enter " + self.n)
        return self
    async def __aexit__(self, t, v, tb):
        print("exit", self.n, t and t.__name__)
        if self.mode == "exit": raise KeyError("exit " + self.n)
        return self.mode == "swallow"
async def main(m1, m2):
    try:
        async with A("1", m1) as a, A("2", m2):
            raise ValueError("body")
        return "swallowed"
    except Exception as e: return repr(e), repr(e.__context__)
    finally: print("finally")
for m in (("", ""), ("swallow", ""), ("", "swallow"), ("", "enter"), ("", "exit"), ("exit", "exit"), ("enter", "")):
    print(m, run(main(*m)))
async def ret():
    for i in range(3):
        async with A(str(i)):
            if i == 0: continue
            return i
print(run(ret()))
