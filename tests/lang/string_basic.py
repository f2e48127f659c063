# strings: literals, indexing and common methods
s = "Hello, World"
print(s[0], s[-1], s[0:5], s[::-1], len(s))
print(s.upper(), s.lower(), s.replace("l", "L"))
print(s.split(", "), "-".join(["a", "b"]), "  x ".strip() + "|")
print(s.find("World"), s.find("z"), s.startswith("He"), s.endswith("x"))
print("a" + "b", "ab" * 3, "b" in "abc", "a" < "b")
print('single', "dou'ble", """tri
ple""")
print("tab\there", "nl\\n", "\x41\u00e9\U0001F600")
print(r"raw\n", "con" "cat")
print(repr("it's"), repr('"'), repr("a\nb"))
