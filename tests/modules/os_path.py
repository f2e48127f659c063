# os.path functions on text
import os.path as p
for x in ("/a/b.txt", "a/b/", "", "/", "a", ".hidden", "a.tar.gz", "//x", "../up", "a/./b/../c"):
    print(repr(x), p.basename(x), p.dirname(x), p.split(x), p.splitext(x), p.normpath(x), p.isabs(x))
print(p.join("a", "b", "/c", "d"), p.join("a/", "b"), p.join("", "x"), p.join("a", ""), p.commonprefix(["abc", "abd"]), p.commonpath(["/a/b", "/a/c"]), p.relpath("/a/b", "/a/c/d"), p.splitroot("//a/b"), p.abspath("/x/../y"), p.expanduser("~/q"), p.normcase("AbC"), p.exists("/nonexistent/x"))
for f in (lambda: p.join("a", 5), lambda: p.join("a", b"b"), lambda: p.basename(None), lambda: p.commonpath([])):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)
