# _bz2: round trips, pieces, limits on the output, data behind the end, errors.
import bz2


def attempt(f, *args):
    try:
        print(repr(f(*args))[:80])
    except Exception as e:
        print(type(e).__name__, e)


data = b"hello world " * 5000 + bytes(range(256))
for level in (1, 5, 9):
    packed = bz2.compress(data, level)
    print(len(packed) < len(data), bz2.decompress(packed) == data)
c = bz2.BZ2Compressor()
packed = b"".join(c.compress(data[i : i + 777]) for i in range(0, len(data), 777)) + c.flush()
attempt(c.compress, b"x")
attempt(c.flush)
d = bz2.BZ2Decompressor()
out = d.decompress(packed + b"rest", 100)
print(len(out), d.needs_input, d.eof)
while not d.eof:
    out += d.decompress(b"", 10000)
print(out == data, d.unused_data, d.needs_input)
attempt(d.decompress, b"x")
d = bz2.BZ2Decompressor()
print(b"".join(d.decompress(packed[i : i + 1]) for i in range(len(packed))) == data, d.eof)
print(bz2.compress(b""), bz2.decompress(b""), bz2.decompress(packed + packed) == data + data)
attempt(bz2.decompress, b"nonsense")
attempt(bz2.decompress, packed[:-5])
attempt(bz2.BZ2Compressor, 10)
attempt(bz2.BZ2Compressor().compress, "text")
