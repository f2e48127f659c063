# methods shared with bytes give bytearrays
a = bytearray(b"Hello World")
for r in (a.upper(), a.split(), a.replace(b"o", b"0"), a[1:4], a + b"!", b"!" + a, a.partition(b" "), a.center(15), a.strip(b"Hd"), a.title()):
    print(repr(r))
print(a == b"Hello World", a < b"Z", a.startswith(b"He"), a.count(b"l"), a.hex(), bytearray.fromhex("00ff"), a.isalpha(), b"-".join([a, a]))
print(a.find(b"o", 5), a.index(111), 111 in a, list(a[:2]), sorted(a)[:3], max(a), bytearray(a) is a, "%s" % a)
b = bytearray(10)
b[2:2] = [1, 2, 3]
print(b, len(b), b.__alloc__() > 0)
b.resize(3)
print(b, b.take_bytes() if hasattr(b, "take_bytes") else "")
