# re: sub, subn, split, escape
import re
print(re.sub(r"\d", "#", "a1b22"), re.sub(r"(\w)(\d)", r"\2\1", "a1b2"), re.sub("x", lambda m: m.group().upper() + str(m.start()), "axbx"), re.sub("a", "b", "aaa", count=2), re.subn("a", "b", "aaa"), re.sub("", "-", "abc"), re.sub(r"(?P<n>\w+)", r"<\g<n>>", "a b"), re.sub("x*", "-", "abxd"))
print(re.split(r"[,;]", "a,b;c"), re.split(r"([,;])", "a,b;c"), re.split(",", "a,b,c", maxsplit=1), re.split("x*", "axbc"), re.split(r"\s+", " a b "))
print(re.escape("a.b*c[d]"), re.escape("é-_ "), re.sub(re.escape("."), "!", "a.b"), re.sub("a", r"\\n\n", "a"), re.sub(b"a", b"b", b"banana"))
for f in (lambda: re.sub("a", r"\1", "a"), lambda: re.sub("a", r"\g<x>", "a"), lambda: re.sub("a", "b", b"a"), lambda: re.match("a", 5), lambda: re.sub("a", r"\q", "a")):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)
