# single characters of long and mixed-width strings
s = "abc" * 10 + "é" + "漢" * 3 + "😀" + "tail"
print(len(s), s[30], s[31], s[33], s[34], s[-4:], s[29:35])
print([c for c in s if ord(c) > 127], s.index("😀"), s.find("t"), s[::7], s[::-1][:6])
total = 0
for i in range(len(s)): total += ord(s[i])
print(total, sum(map(ord, s)))
for t in ("", "x", "é", "a" * 100, "\x7f\x80", "\xff\u0100", "\uffff\U00010000"):
    print(len(t), [ord(c) for c in t[:3]], t == "".join(t), t[:1] in t)
