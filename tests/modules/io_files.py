# open: text and binary files, modes, seeking, errors
import os, tempfile
d = tempfile.mkdtemp()
p = os.path.join(d, "f.txt")
with open(p, "w", encoding="utf-8") as f:
    print(f.write("one\ntwo\n"), f.mode, f.encoding, f.writable(), f.readable(), f.closed)
    print("printed", file=f)
    f.writelines(["x\n", "é\n"])
print(f.closed, os.path.getsize(p))
with open(p, encoding="utf-8") as f:
    print(f.readline(), f.read(3), f.tell() > 0, next(f), f.readlines())
    f.seek(0); print([l.rstrip() for l in f])
with open(p, "rb") as f: print(f.read(), f.seek(2), f.read(1), f.mode)
with open(p, "a+") as f: f.write("app"); f.seek(0); print(len(f.read()))
with open(p, "r+b") as f: f.write(b"ONE"); f.seek(0); print(f.readline())
for a in ((p + "x",), (p, "x"), (p, "q"), (p, "rw"), (p, "rb", -1, "utf-8"), (d,)):
    try:
        open(*a).close()
    except Exception as e:
        print(type(e).__name__, str(e).replace(d, "D"))
with open(p) as f:
    try:
        f.write("x")
    except OSError as e:
        print(type(e).__name__, e)
try:
    f.read()
except ValueError as e:
    print(e)
os.remove(p); os.rmdir(d); print(os.path.exists(d))
