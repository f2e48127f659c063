# re: a tokenizer and some text munging
import re
spec = [("NUM", r"\d+(\.\d*)?"), ("ID", r"[A-Za-z_]\w*"), ("OP", r"[+\-*/=()]"), ("SKIP", r"\s+"), ("BAD", r".")]
rx = re.compile("|".join(f"(?P<{n}>{p})" for n, p in spec))
for m in rx.finditer("x1 = 3.14*(y - 42) ?"):
    if m.lastgroup != "SKIP": print(m.lastgroup, repr(m.group()), m.start())
text = "2024-01-15 ERROR [db] connection lost; 2024-02-20 INFO [web] started"
print(re.findall(r"(\d+)-(\d+)-(\d+) (\w+) \[(\w+)\]", text), re.sub(r"(\d+)-(\d+)-(\d+)", r"\3/\2/\1", text))
print(re.split(r"(?<=;)\s*", text), re.sub(r"[A-Z]+", lambda m: m[0].capitalize(), text), re.subn(r"\s{1,}", "_", "a  b c"))
camel = re.sub(r"(?<!^)(?=[A-Z])", "_", "someCamelCaseName").lower(); print(camel, re.sub(r"_(\w)", lambda m: m[1].upper(), camel))
print(re.match(r"^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$", "192.168.1.255") is not None, bool(re.match(r"[\w.+-]+@[\w-]+\.[\w.-]+$", "a.b+c@d-e.co")))
print(re.findall(r"\b(\w)(\w*)\1\b", "abcba xyx stats no"), re.search(r"(?P<a>.)(?P<b>.)(?P=b)(?P=a)", "xxabbayy").group(), [m.span() for m in re.finditer(r"(?=(aba))", "ababa")])
r = re.compile(r"(a+)+b"); print(r.match("a" * 15 + "b").span(), re.match(r"(?:a|ab)(?:c|bcd)(?:d*)", "abcd").group(), re.fullmatch(r"a*?", "aaa").group())
