# iterating strings, ord/chr, unicode
for c in "héß✓😀":
    print(c, ord(c))
print(len("😀"), "😀"[0], list("añ"))
print("".join(chr(ord(c) + 1) for c in "HAL"))
print("é" == "\u00e9", "e\u0301" == "é", len("e\u0301"))
