# generator functions
def count(n):
    print("start")
    for i in range(n):
        yield i
    print("end")
g = count(2)
print(next(g))
print(next(g))
try:
    next(g)
except StopIteration as e:
    print("stop", e.value)
print(list(count(3)))
print(next(count(0), "default"))
def two():
    yield 1
    return "result"
g = two()
next(g)
try:
    next(g)
except StopIteration as e:
    print(e.value)
