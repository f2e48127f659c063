# memoryview over bytes and bytearray
ba = bytearray(b"abcdef")
m = memoryview(ba)
print(m[0], m[-1], m[1:3].tobytes(), len(m), m.nbytes, m.itemsize, m.format, m.ndim, m.shape, m.strides, m.readonly)
m[0] = 65
m[1:3] = b"XY"
print(ba, m.tolist(), m == ba, m[::2].tobytes(), bytes(m[::-1]), m.hex(), m.contiguous, m.obj is ba)
try:
    ba.append(1)
except BufferError as e:
    print(e)
m.release()
try:
    m[0]
except ValueError as e:
    print(e)
ba.append(1)
with memoryview(b"ro") as r:
    for f in (lambda: r.__setitem__(0, 1), lambda: r[5], lambda: memoryview(5), lambda: memoryview("s")):
        try:
            f()
        except (TypeError, IndexError) as e:
            print(type(e).__name__, e)
    print(hash(r) == hash(b"ro"), r.toreadonly().readonly)
