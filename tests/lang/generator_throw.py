# throw resumes with an exception
def g():
    while True:
        try:
            x = yield 1
            print("got", x)
        except ValueError as e:
            print("caught", e)
            yield "handled"
i = g()
print(next(i))
print(i.throw(ValueError("v")))
print(next(i))
try:
    i.throw(KeyError("k"))
except KeyError as e:
    print("out", e)
try:
    next(i)
except StopIteration:
    print("finished")
i = g()
try:
    i.throw(TypeError("fresh"))
except TypeError as e:
    print(e)
