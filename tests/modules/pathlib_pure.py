# pathlib: pure paths
from pathlib import PurePosixPath as P, PureWindowsPath as W
p = P("/usr/lib/python3.14/os.tar.gz")
print(p.name, p.stem, p.suffix, p.suffixes, p.parent, list(p.parents), p.parts, p.anchor, p.root, repr(p), str(p))
print(P("a") / "b" / P("c"), "x" / P("y"), P("a", "/b"), P("a//b/./c/"), P("."), P("a/../b"), P("") == P("."), p.with_name("x.py"), p.with_suffix(".txt"), p.with_stem("new"), p.relative_to("/usr"), p.is_absolute(), P("a/b").joinpath("c", "d"))
print(P("a.py").match("*.py"), P("/a/b/c.py").match("b/*.py"), P("a/b/c").full_match("a/**/c"), P("b") > P("a"), hash(P("a")) == hash(P("a")), P("a") == "a", p.is_relative_to("/usr"), P("é").as_posix(), sorted([P("b"), P("a/c")]))
w = W(r"C:\Users\x.txt"); print(w.drive, w.root, w.parts, w.as_posix(), W("a") == W("A"), w.parent)
for f in (lambda: p.relative_to("/etc"), lambda: P("a").with_suffix("txt"), lambda: P("/").with_name("x"), lambda: P(5), lambda: P("a") / 5):
    try: f()
    except Exception as e: print(type(e).__name__, e)
