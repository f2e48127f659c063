# the is... methods
words = ("", "abc", "ABC", "123", "12.5", "a1", " ", "\t\n", "é", "²", "½", "٣", "_x", "1x", "x y", "for", "\x00", "漢字", "A_b9")
for w in words:
    print(repr(w), *[int(getattr(w, m)()) for m in ("isalpha", "isdigit", "isdecimal", "isnumeric", "isalnum", "isspace", "isidentifier", "isprintable", "isascii", "islower", "isupper", "istitle")])
