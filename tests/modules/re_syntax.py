# re: assertions, quantifiers, flags, backreferences
import re
def s(p, t, f=0):
    m = re.search(p, t, f)
    return m and m.group()
print(s("a.c", "abc"), s("a.c", "a\nc"), s("a.c", "a\nc", re.S), s("^b", "a\nb"), s("^b", "a\nb", re.M), s("a+?", "aaa"), s("a{2}", "aaa"), s("a{2,}", "aaaa"), s("a{,2}", "aaaa"), s("<.*>", "<a><b>"), s("<.*?>", "<a><b>"), s("a++b", "aaab"), s("a++a", "aaa"), s("(?>a+)b", "aab"))
print(s(r"(\w)\1", "hello"), s(r"(?P<q>['\"]).*?(?P=q)", "say 'hi'"), s(r"foo(?=bar)", "foobar"), s(r"foo(?!bar)", "foobaz"), s(r"(?<=\$)\d+", "cost $42"), s(r"(?<!\$)\b\d+", "$42 17"), s(r"\bcat\b", "a cat!"), s(r"(?i:A)b", "ab"), s(r"(a)?(?(1)b|c)", "ab"), s(r"(a)?(?(1)b|c)", "c"))
print(s(r"[^a-c]+", "abcdef"), s(r"[\w.-]+", "x.y-z w"), s(r"\D+\S\s", "ab c "), s(r"[]]", "a]"), s(r"\x41\u0042", "AB"), s("(?x) a b # comment", "ab"), s(r"é", "É", re.I), s(r"\w+", "naïve"), s(r"\w+", "naïve", re.A), s(rb"\w+", b"ab\xff"), s(r"\Aab\Z", "ab"), s(r"\Aab\z", "ab"), s("a|b|", "c"), s("(?s:.)", "\n"))
print(re.findall(r"(?m)^(\w+)=(.*)$", "a=1\nb=2"), re.compile("a", re.X | re.S).flags, re.RegexFlag(10), re.I)
m = re.match(r"(?:(a)|b)*", "abab"); print(m.groups(), m.span(1))
m = re.match(r"((a)|(b))+", "ab"); print(m.groups(), m.regs)
print(re.Scanner([(r"\d+", lambda s, t: int(t)), (r"\s+", None), (r"\w+", lambda s, t: t)]).scan("a 12 b"))
