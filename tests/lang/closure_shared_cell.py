# two closures share one cell
def pair():
    v = 0
    def get():
        return v
    def put(x):
        nonlocal v
        v = x
    return get, put
get, put = pair()
print(get())
put(10)
print(get())
print(get.__closure__[0].cell_contents, get.__code__.co_freevars)
print(get.__closure__[0] is put.__closure__[0])
