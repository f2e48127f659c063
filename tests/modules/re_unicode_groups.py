# re: unicode categories, bytes patterns, copy and equality of patterns
import re, copy
print(re.findall(r"\d", "1٣²"), re.findall(r"\s", "a\u00a0b\u2003c\n"), re.findall(r"\w+", "été 日本 x_1"), re.findall(r"(?a)\w+", "été x"), re.findall(r"\b\w", "héllo wörld"))
print(re.search("ſ", "S", re.I), re.search("K", "\u212a", re.I) is not None, re.search("straße", "STRAßE", re.I) is not None, re.findall("[à-ü]", "àéîõü z"))
p = re.compile("a(b)"); print(copy.copy(p) is p, p == re.compile("a(b)"), hash(p) == hash(re.compile("a(b)")), p == re.compile("a(b)", re.I), repr(p), repr(re.compile(b"x", re.A)))
for a, b in (("a", b"a"), (b"a", "a")):
    try:
        re.search(a, b)
    except TypeError as e:
        print(e)
m = re.match("(?P<year>\\d{4})-(?P<mon>\\d\\d)", "2024-05-06"); print(m, m.pos, m.endpos, dict(m.groupdict()), m["mon"])
try:
    m.group(5)
except IndexError as e:
    print(e)
try:
    m["nope"]
except IndexError as e:
    print(e)
