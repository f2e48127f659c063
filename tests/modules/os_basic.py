# os: paths, directories, environment
import os, tempfile
d = tempfile.mkdtemp()
os.makedirs(os.path.join(d, "a", "b"))
open(os.path.join(d, "a", "f.txt"), "w").close()
print(sorted(os.listdir(os.path.join(d, "a"))), os.path.isdir(d), os.path.isfile(os.path.join(d, "a", "f.txt")))
for root, dirs, files in os.walk(d): print(os.path.relpath(root, d), sorted(dirs), sorted(files))
with os.scandir(os.path.join(d, "a")) as it: print(sorted((e.name, e.is_dir(), e.is_file()) for e in it))
os.rename(os.path.join(d, "a", "f.txt"), os.path.join(d, "g.txt")); print(sorted(os.listdir(d)), os.stat(os.path.join(d, "g.txt")).st_size)
for f in (lambda: os.mkdir(d), lambda: os.remove(os.path.join(d, "none")), lambda: os.rmdir(d), lambda: os.listdir(os.path.join(d, "none")), lambda: os.stat(""), lambda: os.makedirs(os.path.join(d, "a")), lambda: os.chdir(5.5)):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, str(e).replace(d, "D"))
os.makedirs(os.path.join(d, "a"), exist_ok=True); os.remove(os.path.join(d, "g.txt")); os.removedirs(os.path.join(d, "a", "b")); print(os.path.exists(d))
os.environ["PYJIT_X"] = "1"; print(os.getenv("PYJIT_X"), os.environ.get("nope"), os.getenv("nope", "d")); del os.environ["PYJIT_X"]
try:
    os.environ["nope_x"]
except KeyError as e:
    print("KeyError", e)
print(os.sep, os.linesep == "\n", os.curdir, os.name, os.fspath("x"), os.strerror(2), os.fsencode("é"), os.fsdecode(b"a"))
