# io.BytesIO and buffered readers and writers
import io
b = io.BytesIO(b"abcdef")
print(b.read(2), b.read1(1), b.tell(), b.seek(-2, 2), b.read(), b.getvalue(), b.getbuffer()[0], b.seek(0), b.readinto(bytearray(3)))
b.seek(10); b.write(b"end"); print(b.getvalue()); b.truncate(3); print(b.getvalue())
l = io.BytesIO(b"a\nb\nc"); print(l.readline(), l.readlines(), list(io.BytesIO(b"x\ny")))
w = io.BytesIO(); bw = io.BufferedWriter(w, 4); bw.write(b"123456789"); bw.flush(); print(w.getvalue())
r = io.BufferedReader(io.BytesIO(b"hello world")); print(r.peek(3)[:3], r.read(5), r.read1(2), r.tell())
t = io.TextIOWrapper(io.BytesIO("é\r\nz\n".encode()), encoding="utf-8"); print(t.readlines(), t.encoding, t.newlines)
o = io.BytesIO(); t = io.TextIOWrapper(o, encoding="latin-1", newline="\r\n"); t.write("é\n"); t.flush(); print(o.getvalue()); t.detach()
for f in (lambda: io.BytesIO().write("s"), lambda: io.BytesIO("s"), lambda: io.BytesIO().seek(-1), lambda: io.TextIOWrapper(io.BytesIO(b"\xff"), encoding="utf-8").read()):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)
