# zlib and gzip round trips
import zlib, gzip, io
data = b"abc" * 100
for l in (0, 1, 6, 9): print(l, zlib.decompress(zlib.compress(data, l)) == data)
c = zlib.compressobj(); z = c.compress(data[:50]) + c.compress(data[50:]) + c.flush(); d = zlib.decompressobj(); print(d.decompress(z, 10), d.unconsumed_tail != b"", d.flush() [:3], d.eof)
print(gzip.decompress(gzip.compress(data)) == data); b = io.BytesIO()
with gzip.GzipFile(fileobj=b, mode="w", mtime=0) as g: g.write(b"line1\nline2\n")
b.seek(0); print(gzip.GzipFile(fileobj=b).readlines())
for f in (lambda: zlib.decompress(b"xx"), lambda: gzip.decompress(b"nope"), lambda: zlib.compress("s")):
    try: f()
    except Exception as e: print(type(e).__name__, e)
