# coroutines driven with send
class Await:
    def __init__(self, v): self.v = v
    def __await__(self):
        got = yield self.v
        return got
async def child(x):
    r = await Await(x)
    return r * 2
async def main():
    a = await child("first")
    b = await child("second")
    return a, b
c = main()
print(c.send(None))
print(c.send(10))
try:
    c.send(20)
except StopIteration as e:
    print(e.value)
c = main()
c.send(None)
try:
    c.throw(ValueError("thrown"))
except ValueError as e:
    print(e)
try:
    c.send(None)
except RuntimeError as e:
    print(e)
c = main()
c.close()
print(type(c).__name__, c.cr_frame, c.__name__)
