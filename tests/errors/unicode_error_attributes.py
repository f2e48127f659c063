# UnicodeError subclasses: attributes and messages
e = UnicodeDecodeError("utf-8", b"ab\xffcd", 2, 3, "invalid start byte")
print(e, e.encoding, e.object, e.start, e.end, e.reason, e.args)
e.start, e.end = 1, 4; print(e)
x = UnicodeEncodeError("ascii", "a\u1234\U0001F600b", 1, 2, "ordinal not in range(128)"); print(x); x.start, x.end = 2, 3; print(x); x.end = 4; print(x)
print(UnicodeTranslateError("a\xe9", 1, 2, "why"), UnicodeEncodeError("x", "é", 0, 1, "r"))
for a in ((), ("utf-8",), ("utf-8", "not bytes", 0, 1, "r"), (1, b"", 0, 1, "r")):
    try: print(UnicodeDecodeError(*a))
    except TypeError as t: print(t)
e.start = 100; print(e); print(issubclass(UnicodeError, ValueError))
