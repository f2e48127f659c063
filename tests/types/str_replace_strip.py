# replace, strip, removeprefix, expandtabs, translate
print("aaa".replace("a", "b", 2), "abc".replace("", "-"), "abc".replace("x", "y"), "aXbX".replace("X", ""), "abc".replace("b", "é", count=1))
print(repr("  x ".strip()), "xxaxx".strip("x"), "xyaxy".lstrip("yx"), "abcab".rstrip("ab"), repr("\t\n a\u3000".strip()), "abc".strip(""))
print("prefix-body".removeprefix("prefix-"), "body.py".removesuffix(".py"), "x".removeprefix("y"), "x".removesuffix(""))
print(repr("a\tbc\td".expandtabs()), repr("a\tb".expandtabs(4)), repr("\t".expandtabs(0)), repr("a\nb\tc".expandtabs(3)))
t = str.maketrans({"a": "1", "b": None, ord("c"): "ccc"})
print("abcd".translate(t), "abc".translate(str.maketrans("ab", "xy", "c")), "ab".translate({97: 98}))
for f in (lambda: str.maketrans("a", "bc"), lambda: str.maketrans({"ab": 1}), lambda: "a".replace(1, 2), lambda: "a".translate({97: 0x110000})):
    try:
        f()
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
