# further bytes methods
b = b"  The quick, brown "
print(b.strip(), b.lstrip(), b.rstrip(b"n "), b.title(), b.swapcase(), b.capitalize(), b.center(25, b"*"), b.count(b" "), b.index(b"q"))
print(b.partition(b","), b.rpartition(b" "), b.rsplit(None, 1), b"a\nb\r\n".splitlines(), b"1a".zfill(5), b"a\tb".expandtabs(4), b"ab".ljust(4, b"."))
print(b"abc".isalpha(), b"12".isdigit(), b"A".isupper(), b" ".isspace(), b"a1".isalnum(), b"\xe9".isascii(), b"Ab".istitle(), b"a".islower())
print(b"abc".translate(bytes.maketrans(b"ab", b"xy")), b"abc".translate(None, b"b"), b"pre-x".removeprefix(b"pre-"), b"x.py".removesuffix(b".py"), b"aXa".endswith((b"z", b"a")))
print(b"%s %d %x %c %r %a" % (b"s", 5, 255, 65, "é", "é"), b"%b" % b"raw", b"%5.1f|" % 2.25)
for f in (lambda: b"%s" % "str", lambda: b"a".strip("x"), lambda: b"a".split(""), lambda: b"a".index(b"z"), lambda: b"a".replace(1, 2), lambda: b"%c" % 256):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)
print(hash(b"a") == hash(bytes(bytearray(b"a"))), b"".decode(), bytes(b"abc")[1:].decode("ascii"))
