# join
print(",".join(["a", "b", "c"]), "".join([]), "-".join("abc"), ", ".join({"k": 1, "j": 2}))
print("x".join(["only"]), "é".join("ab"), "".join(c for c in "gen"), "ab".join(("", "", "")))
for bad in ([1], ["a", None], 5, [b"x"]):
    try:
        print(",".join(bad))
    except TypeError as e:
        print(e)
