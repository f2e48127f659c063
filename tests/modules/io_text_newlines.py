# text files: newline translation, encodings, BOM, error handlers
import io, os, tempfile
d = tempfile.mkdtemp(); p = os.path.join(d, "t")
for nl in (None, "", "\n", "\r\n", "\r"):
    with open(p, "w", newline=nl) as f: f.write("a\nb\r\nc")
    raw = open(p, "rb").read()
    with open(p, "wb") as f: f.write(b"1\n2\r\n3\r4")
    with open(p, newline=nl) as f: print(repr(nl), raw, f.readlines())
with open(p, "w", encoding="utf-16") as f: f.write("hé")
print(open(p, "rb").read()[:2] in (b"\xff\xfe", b"\xfe\xff"), open(p, encoding="utf-16").read())
with open(p, "w", encoding="utf-8-sig") as f: f.write("x")
print(open(p, "rb").read(), open(p, encoding="utf-8-sig").read(), repr(open(p, encoding="utf-8").read()))
with open(p, "w", encoding="ascii", errors="backslashreplace") as f: f.write("é!")
print(open(p).read())
with open(p, "wb") as f: f.write(b"ok \xff end")
print(ascii(open(p, encoding="utf-8", errors="replace").read()), ascii(open(p, encoding="utf-8", errors="surrogateescape").read()))
try: open(p, encoding="utf-8").read()
except UnicodeDecodeError as e: print(e)
with open(p, "w+", encoding="utf-8") as f:
    f.write("line é 1\nline 2\n"); f.seek(0); l = f.readline(); t = f.tell(); r = f.read(); f.seek(t); print(r == f.read(), repr(l), t); f.seek(0, 2); f.write("end"); f.flush(); f.seek(0); print(len(f.read()), f.truncate(4)); f.seek(0); print(f.read())
for a in (("w", "nope"), ("q", None), ("rt+b", None), ("", None)):
    try: open(p, a[0], encoding=a[1])
    except (LookupError, ValueError) as e: print(type(e).__name__, e)
with open(p, "w", buffering=1) as f: f.write("z\n"); print(open(p).read(), f.line_buffering, f.name == p, f.errors, f.buffer.mode if hasattr(f.buffer, "mode") else "")
print(f, f.closed) if False else print(f.closed); import shutil; shutil.rmtree(d)
