# io.StringIO
import io
s = io.StringIO("line1\nline2\nline3")
print(s.readline(), s.read(3), s.tell(), s.readlines(), s.read(), s.seek(0), list(s), s.getvalue()[:5])
w = io.StringIO()
print(w.write("hello"), w.write("é\n"), w.getvalue(), w.seek(1), w.write("EY"), w.getvalue(), w.truncate(2), repr(w.getvalue()), w.closed, w.readable(), w.writable(), w.seekable())
w.writelines(["a", "b"]); print(repr(w.getvalue()))
print("x", 1, file=w); print(repr(w.getvalue()))
w.close()
for f in (lambda: w.read(), lambda: io.StringIO().write(5), lambda: io.StringIO(5), lambda: io.StringIO().seek(-1), lambda: io.StringIO("a").seek(1, 1), lambda: io.StringIO().fileno()):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)
print(repr(io.StringIO("a\r\nb\rc", newline=None).read()), repr(io.StringIO("a\r\nb").read()), io.StringIO("a\r\nb\n", newline="").readlines())
with io.StringIO("ctx") as c: print(c.read())
print(c.closed)
