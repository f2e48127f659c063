# string equality, ordering and concatenation of different widths
ws = ["", "a", "b", "ab", "é", "a\u0301", "漢", "😀", "A", "aa", "\x00", "z"]
print(sorted(ws) == sorted(ws, key=lambda s: [ord(c) for c in s]), [ascii(s) for s in sorted(ws)])
for a in ws[:6]: print([a == b for b in ws[:6]], [a < b for b in ws[:6]])
s = ""
for w in ws: s = s + w; t = w + s
print(ascii(s), len(s), ascii(t[:5]), s == "".join(ws), hash(s) == hash("".join(ws)), s[4:6] == "é" or ascii(s[4:6]))
d = {w: i for i, w in enumerate(ws)}; print(d["é"], d["a" + "b"], d.get("e\u0301"), "😀"[0] in d)
print("abc" "def" == "abcdef", "é" * 3 + "a" == "éééa", "x".join("é漢") , max(ws, key=len) in ws, "ab".__eq__(5), "ab" != 5, "é".encode() == b"\xc3\xa9")
