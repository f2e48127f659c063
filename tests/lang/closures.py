# nested functions capture variables, not values
def make_counter():
    count = 0
    def inc(by=1):
        nonlocal count
        count += by
        return count
    return inc
a = make_counter()
b = make_counter()
print(a(), a(), a(5), b())
fs = [lambda: i for i in range(3)]
print([f() for f in fs])
fs = [lambda i=i: i for i in range(3)]
print([f() for f in fs])
def outer(x):
    def mid():
        def inner():
            return x
        return inner
    return mid
print(outer(42)()())
