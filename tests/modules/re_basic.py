# re: match, search, fullmatch, groups
import re
m = re.search(r"(\w+)@(?P<host>\w+)\.com", "mail bob@example.com now")
print(m.group(), m.group(1), m.group("host"), m.groups(), m.groupdict(), m.start(), m.end(), m.span(1), m[2], m.lastindex, m.lastgroup, m.re.groups, m.string[:4], m.expand(r"\2-\g<1>"))
print(re.match("a", "ba"), re.match("b", "ba").span(), re.fullmatch("b", "ba"), bool(re.fullmatch("ba", "ba")), m)
print(re.findall(r"\d+", "1 22 333"), re.findall(r"(\w)(\d)", "a1 b2"), re.findall("x*", "axb"), [x.span() for x in re.finditer("a", "banana")])
print(re.match("(a)|(b)", "b").groups(), re.match("(a)|(b)", "b").groups("dflt"), re.match(r"(?:ab)+", "ababx").group(), re.search("$", "ab").span(), re.match("", "").span())
p = re.compile(r"(?i)HELLO\s+(\w+)"); print(p.pattern, p.flags, p.groups, p.groupindex, p.match("hello World").group(1), p.search("x hello y", 2).start(), p, re.compile("a", re.I | re.M))
for pat in ("(", "[a", "*", "a**", "(?P<1>a)", "(?P<a>x)(?P<a>y)", r"\1", "(?z)", "a{2,1}", "(?<=a+)b", r"\N", "[z-a]", "(?P=q)", "(?"):
    try:
        re.compile(pat)
        print(pat, "ok")
    except re.error as e:
        print(repr(pat), e, e.pos)
