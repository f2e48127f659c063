# pickle: built-in values through every protocol
import pickle
vals = [None, True, 5, -1, 2**70, -2**40, 1.5, float("inf"), 2j, "té", b"x", bytearray(b"y"), (1,), (1, 2, 3, 4), [1, [2]], {"k": [1]}, {1, 2}, frozenset([3]), range(3), slice(1, 2), ..., NotImplemented, int, len, print]
for proto in range(pickle.HIGHEST_PROTOCOL + 1):
    print(proto, all(repr(pickle.loads(pickle.dumps(v, proto))) == repr(v) for v in vals))
l = [1]; l.append(l); m = pickle.loads(pickle.dumps(l)); print(m[1] is m)
x = [0]; a, b = pickle.loads(pickle.dumps([x, x])); print(a is b)
print(pickle.dumps([1, "a"], 0), pickle.dumps(5, 2), pickle.dumps("a", 4))
for bad in (lambda: 0, (i for i in []), open):
    try:
        pickle.dumps(bad)
        print("ok")
    except Exception as e:
        print(type(e).__name__, str(e).split(" at 0x")[0][:60])
for data in (b"", b"garbage", b"\x80\x04."):
    try:
        pickle.loads(data)
    except Exception as e:
        print(type(e).__name__)
