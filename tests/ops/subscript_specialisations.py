# subscripts of list, tuple, str, dict under one instruction
def get(o, k): return o[k]
def put(o, k, v): o[k] = v
def rem(o, k): del o[k]
for o, k in (([1, 2, 3], 0), ([1, 2, 3], -1), ((4, 5), 1), ("héy", 1), ({"a": 1}, "a"), (b"ab", 0), (range(5), -1), ([1, 2, 3], True), ([1, 2, 3], slice(1, None)), ({1: "i"}, 1.0), ({True: "t"}, 1), ({(1, 2): "tup"}, (1, 2)), (list, int)):
    print(get(o, k), end=" ")
print()
for o, k in (([], 0), ([1], -2), ((), 0), ("", 0), ({}, "k"), ({}, []), ([1], "a"), ([1], 2**70), (5, 0), (None, 0), ([1], 1.0), (range(3), 3), (b"", 0)):
    try:
        get(o, k)
    except Exception as e:
        print(type(e).__name__, e)
l, d = [0, 0], {}
put(l, 0, "x"); put(l, -1, "y"); put(d, "k", 1); put(d, 5, 2); put(l, slice(0, 0), [9])
print(l, d)
rem(l, 0); rem(d, "k"); rem(l, slice(0, 1))
print(l, d)
for o, k in (((1,), 0), ("s", 0), ([], 0), (5, 0), (b"a", 0)):
    for f in (lambda: put(o, k, 1), lambda: rem(o, k)):
        try:
            f()
        except Exception as e:
            print(type(e).__name__, e)
