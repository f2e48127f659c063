# find, index, count, startswith, endswith with bounds
s = "abracadabra"
print(s.find("a"), s.find("a", 1), s.rfind("a"), s.find("z"), s.find("bra", 2, 10), s.find(""), s.rfind(""), s.find("", 20))
print(s.index("c"), s.rindex("b"), s.count("a"), s.count("a", 1, -1), s.count("abra"), s.count(""), "aaaa".count("aa"))
print(s.startswith("abra"), s.startswith("bra", 1), s.startswith(("x", "ab")), s.endswith("bra"), s.endswith(("a", "b")), s.endswith("d", 0, 7), s.startswith(""))
for f in (lambda: s.index("z"), lambda: s.rindex("z"), lambda: s.startswith(5), lambda: s.find(1), lambda: s.startswith((1,))):
    try:
        f()
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
print("bra" in s, "" in s, "z" in s, "é" in "café", s.find("a", -3), s.find("a", None, None))
try:
    5 in "5"
except TypeError as e:
    print(e)
