# long bytes and bytearrays
# skip: gc-zeal
b = bytes(range(256)) * 50
print(len(b), b.count(b"\x00"), b.find(b"\xff\x00"), b.rfind(b"\x01"), b[5000:5004], b.replace(b"\x00", b"")[:3], b.hex()[:10], sum(b), max(b), b == bytes(bytearray(b)), len(b.split(b"\x80")))
a = bytearray()
for i in range(2000): a.append(i % 256)
del a[::2]; a[100:200] = b""; a[0:0] = b"start"; print(len(a), a[:8], a.count(1), a.find(b"\xff"), a[-1])
a *= 3; a += bytes(a); print(len(a), a.endswith(b"\xcf"), a.translate(None, bytes(range(128)))[:3])
m = memoryview(b); print(m[100:110].tolist(), bytes(m[::1000]), m[5:10] == b[5:10])
