# tempfile and shutil
import tempfile, shutil, os
with tempfile.TemporaryDirectory() as d:
    a = os.path.join(d, "a.txt")
    with open(a, "w") as f: f.write("data")
    print(os.path.basename(shutil.copy(a, os.path.join(d, "b.txt"))), open(os.path.join(d, "b.txt")).read())
    os.mkdir(os.path.join(d, "t")); shutil.move(a, os.path.join(d, "t")); print(sorted(os.listdir(d)), os.listdir(os.path.join(d, "t")))
    shutil.copytree(os.path.join(d, "t"), os.path.join(d, "u")); print(sorted(os.listdir(d))); shutil.rmtree(os.path.join(d, "t")); print(sorted(os.listdir(d)))
    try: shutil.copy(os.path.join(d, "none"), d)
    except FileNotFoundError as e: print(type(e).__name__)
    try: shutil.copyfile(os.path.join(d, "b.txt"), os.path.join(d, "b.txt"))
    except shutil.SameFileError: print("same file")
print(os.path.exists(d))
with tempfile.TemporaryFile("w+") as f: f.write("x"); f.seek(0); print(f.read())
with tempfile.NamedTemporaryFile(suffix=".q") as f: print(f.name.endswith(".q"), os.path.exists(f.name)); n = f.name
print(os.path.exists(n)); s = tempfile.SpooledTemporaryFile(max_size=10); s.write(b"abc"); s.seek(0); print(s.read()); s.close()
fd, p = tempfile.mkstemp(); os.write(fd, b"raw"); os.close(fd); print(open(p, "rb").read()); os.unlink(p)
