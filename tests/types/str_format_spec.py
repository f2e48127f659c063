# format specs of str, and the shared mini-language
for spec in ("", "s", "10", "<10", ">10", "^10", "*^10", ".2", "10.2", "é<5", "010", "=<5", "<<5"):
    print(repr(spec), "|" + format("abc", spec) + "|")
for spec in ("d", "=5", "+5", ",", "#s", " ", ".", "x", "z"):
    try:
        print(format("abc", spec))
    except ValueError as e:
        print(repr(spec), "->", e)
for v in ([1], None, object, (1,), {}):
    try:
        format(v, "5")
    except TypeError as e:
        print(e)
print(format([1], ""), format(None), f"{None!s:>6}", f"{[1]!r:>6}")
