# long strings: searching and building
# skip: gc-zeal
s = "abc" * 10000
print(len(s), s.count("ca"), s.find("d"), s.rfind("a"), s.replace("abc", "x") == "x" * 10000, s[15000:15006], hash(s) == hash("abc" * 10000), s == s[:], s.index("cab", 20000))
t = "a" * 5000 + "b"
print(t.find("ab"), t.find("aab"), t.rfind("aa"), t.count("aa"), ("a" * 1000 + "c") in t, t.split("b"), len(t.split("a")), t.partition("b")[1], t.rstrip("b") == "a" * 5000)
u = "é" * 3000 + "漢" + "x" * 3000
print(len(u), u.find("漢"), u.find("x"), u.count("é"), u.upper().count("É"), len(u.encode()), u.encode().decode() == u, u[::-1].find("é"), u.replace("漢", "")[3000])
lines = "\n".join(str(i) for i in range(1000)); print(len(lines), len(lines.splitlines()), sum(map(int, lines.split())))
print(("%d," * 100 % tuple(range(100)))[-20:], "{:>1000}".format("x").count(" "), "x".join("y" * 5).count("x"))
