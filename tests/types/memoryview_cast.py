# casts and multi-byte items
m = memoryview(bytearray(range(16)))
i = m.cast("I")
print(i.tolist(), i.itemsize, len(i), i.format, i.shape)
i[0] = 1
print(m[:4].tolist())
b = m.cast("B", (4, 4))
print(b.tolist(), b.shape, b.strides, b[1, 2], b.ndim)
h = m.cast("h")
print(h[0], h.tolist()[:3], m.cast("d").nbytes, m.cast("?")[0], m.cast("c")[0])
import array
a = array.array("d", [1.5, 2.5])
v = memoryview(a)
print(v.tolist(), v.format, v[0], v.nbytes)
v[1] = 9
print(a)
for f in (lambda: m[:3].cast("I"), lambda: m.cast("I").cast("h"), lambda: v.__setitem__(0, "x"), lambda: i.__setitem__(0, -1), lambda: m.cast("q")[5]):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)
print(memoryview(b"abc") == b"abc", memoryview(b"abc") == memoryview(b"abd"), memoryview(b"abc").index(98), memoryview(b"aab").count(97))
