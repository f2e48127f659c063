# array.array
from array import array, typecodes
a = array("i", [1, 2, 3])
a.append(4); a.extend([5, 6]); a.insert(0, 0); a[1] = 10
print(a, len(a), a[1:3], a.typecode, a.itemsize, a.pop(), a.tolist(), a.index(10), a.count(2), 3 in a, a == array("i", a), typecodes)
a.remove(10); a.reverse(); a += array("i", [7]); a *= 2; print(a, a.tobytes()[:4], array("d", [1.5]) < array("d", [2]), array("w", "x").tounicode(), array("b"), array("f", [1]))
b = array("H"); b.frombytes(b"\1\0\2\0"); print(b, b.buffer_info()[1], memoryview(b).tolist()); b.byteswap(); print(b); del b[0]; b[0:0] = array("H", [9]); print(b)
for f in (lambda: array("i", [2**40]), lambda: array("i", ["a"]), lambda: array("z"), lambda: a.append(1.5), lambda: a[99], lambda: a.extend(array("d")), lambda: array("b", [200]), lambda: a + [1], lambda: b.frombytes(b"x"), lambda: array("i").pop(), lambda: a.remove(777), lambda: array("i", "ab")):
    try: f()
    except Exception as e: print(type(e).__name__, e)
