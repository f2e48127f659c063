# case methods
for s in ("hello World", "ÀÉÎ straße", "ǆ", "ﬁn", "they're bill's", "İ", "ΑΣ", "123abc", ""):
    print([s.upper(), s.lower(), s.title(), s.capitalize(), s.swapcase(), s.casefold()])
print("ABC".islower(), "abc".islower(), "aBc".isupper(), "ABC1".isupper(), "Hello World".istitle(), "Hello world".istitle())
