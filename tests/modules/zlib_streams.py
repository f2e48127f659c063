# zlib: round trips, streams in pieces, dictionaries, copies, checksums and errors.
import zlib


def attempt(f, *args, **kw):
    try:
        print(repr(f(*args, **kw))[:80])
    except Exception as e:
        print(type(e).__name__, e)


data = bytes(range(256)) * 50 + b"hello world " * 300
for level in range(-1, 10):
    for wbits in (-15, -9, 9, 15, 25, 31):
        packed = zlib.compress(data, level, wbits)
        assert zlib.decompress(packed, wbits) == data, (level, wbits)
assert zlib.decompress(zlib.compress(data, 6, 31), 47) == data
for strategy in range(5):
    c = zlib.compressobj(6, zlib.DEFLATED, 15, 4, strategy)
    packed = b"".join(c.compress(data[i : i + 100]) for i in range(0, len(data), 100)) + c.flush()
    assert zlib.decompress(packed) == data, strategy
print(len(packed) < len(data), zlib.compress(b""), zlib.compress(b"abc", 0))

c = zlib.compressobj(wbits=-15)
head = c.compress(data[:5000])
twin = c.copy()
one = head + c.compress(data[5000:]) + c.flush()
two = head + twin.compress(b"other") + twin.flush()
print(zlib.decompress(one, -15) == data, zlib.decompress(two, -15) == data[:5000] + b"other")

d = zlib.decompressobj()
packed = zlib.compress(data) + b"rest"
out = b""
todo = packed
while not d.eof:
    piece = d.decompress(todo, 1000)
    assert len(piece) <= 1000
    out += piece
    todo = d.unconsumed_tail
print(out == data, d.unused_data, d.unconsumed_tail, d.flush())
attempt(d.copy)
d = zlib.decompressobj()
part = d.decompress(packed[:40])
e = d.copy()
print(part + d.decompress(packed[40:]) == part + e.decompress(packed[40:]) == data)
k = zlib._ZlibDecompressor()
print(k.needs_input, len(k.decompress(packed, 10)), k.needs_input, k.eof)
print(len(k.decompress(b"")), k.needs_input, k.eof, k.unused_data)
attempt(k.decompress, b"x")

z = zlib.compressobj(zdict=b"hello")
packed = z.compress(b"hello world") + z.flush()
attempt(zlib.decompress, packed)
attempt(zlib.decompressobj(zdict=b"nope").decompress, packed)
attempt(zlib.decompressobj(zdict=b"hello").decompress, packed)
attempt(z.flush)
attempt(z.compress, b"a")
attempt(z.copy)
attempt(zlib.compressobj().flush, 9)
packed = zlib.compress(b"a" * 100)
attempt(zlib.decompress, b"")
attempt(zlib.decompress, b"abcdef")
attempt(zlib.decompress, packed[:-1])
attempt(zlib.decompress, packed[:-1] + b"z")
attempt(zlib.decompress, packed, 99)
attempt(zlib.decompress, packed, 15, -1)
attempt(zlib.decompress, b"x\x9c\x07\xff\xff\xff\xff\xff")
attempt(zlib.compress, b"a", 10)
attempt(zlib.compress, "a")
attempt(zlib.compressobj, 1, 9)
attempt(zlib.compressobj, zdict="a")
attempt(zlib.decompressobj, 99)
attempt(zlib.decompressobj, zdict="a")
attempt(zlib.decompressobj().decompress, b"a", -1)
attempt(zlib.decompressobj().flush, 0)
print(zlib.crc32(b"abc"), zlib.crc32(b"c", zlib.crc32(b"ab")), zlib.adler32(b"abc", 7))
