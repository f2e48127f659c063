# bytearray is mutable
a = bytearray(b"hello")
a[0] = 72
a[1:3] = b"EYY"
a.append(33)
a.extend(b" ok")
a.insert(0, 42)
print(a, len(a), a.pop(), a.pop(0), a)
del a[0]
del a[::2]
a.remove(89)
a.reverse()
print(a)
a += b"xyz"
a *= 2
print(a, a.copy() == a, a is a.copy(), a[-2:])
a[::2] = b"-" * len(a[::2])
print(a, bytes(a), a.decode(), a.find(b"y"))
a.clear()
print(a, bytearray(3), bytearray([1]), bytearray("é", "utf8"), bool(a))
for f in (lambda: bytearray(b"a").append(256), lambda: bytearray(b"a").__setitem__(5, 1), lambda: bytearray().pop(), lambda: bytearray(b"a").remove(1), lambda: hash(bytearray()), lambda: bytearray(b"abcd").__setitem__(slice(0, 4, 2), b"x"), lambda: bytearray(b"a").__setitem__(0, "x"), lambda: bytearray("x")):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)
