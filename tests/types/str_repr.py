# repr and ascii of strings
for s in ("", "a'b", 'a"b', "a'b\"c", "\\", "\n\r\t", "\x00\x1f\x7f", "\x80\xa0\xad", "é", "\u200b", "\u2028", "😀", "\ud800", "\U0010ffff", "\u0378"):
    print(repr(s).encode("ascii", "backslashreplace").decode(), ascii(s))
print("%a" % "é", f"{'é'!a}", str("x"), str(b"x", "ascii"), repr("tab\t"))
