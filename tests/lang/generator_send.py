# send, and the value of a yield expression
def echo():
    got = yield "first"
    while got != "stop":
        got = yield f"got {got}"
    return "done"
g = echo()
print(next(g), g.send("a"), g.send(None), g.send(3))
try:
    g.send("stop")
except StopIteration as e:
    print(e.value)
g = echo()
try:
    g.send(1)
except TypeError as e:
    print(e)
def avg():
    total = n = 0
    value = None
    while True:
        x = yield value
        total += x
        n += 1
        value = total / n
a = avg()
next(a)
print([a.send(x) for x in (10, 20, 30)])
