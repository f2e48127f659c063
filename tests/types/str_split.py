# split, rsplit, splitlines, partition
s = "a,b,,c,"
print(s.split(","), s.split(",", 1), s.rsplit(",", 2), s.split(",", -1), s.split("x"))
print("  a  b c ".split(), "  a  b c ".split(None, 1), "  a  b c ".rsplit(None, 1), "".split(), "".split(","))
print("a--b--c".split("--"), "aXXbXXc".rsplit("XX", 1))
print("l1\nl2\r\nl3\rl4\x0bl5\u2028l6".splitlines(), "a\nb\n".splitlines(True), "".splitlines(), "\n".splitlines())
print("k=v=w".partition("="), "k=v=w".rpartition("="), "kv".partition("="), "kv".rpartition("="))
for f in (lambda: "a".split(""), lambda: "a".partition(""), lambda: "a".split(1)):
    try:
        f()
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
print("a b c".split(maxsplit=1), "a b c".split(sep=" "))
