# concatenation, repetition, comparison, hash
print("a" + "b", "ab" * 2, 3 * "x", "x" * 0, "x" * -1, "é" * 2)
print("a" < "b", "a" < "A", "abc" < "abcd", "" < "a", "é" > "z", "a" == "a", "a" != b"a", "10" < "9")
print(max("hello"), min("hello"), sorted("hello"), "".join(reversed("abc")))
for f in (lambda: "a" + 1, lambda: 1 + "a", lambda: "a" * "b", lambda: "a" * 1.5, lambda: "a" - "b", lambda: "a" + b"b", lambda: "a" < 1, lambda: -"a"):
    try:
        f()
    except TypeError as e:
        print(e)
print(hash("") , hash("a") == hash("a"), "a" "b" == "ab", str() == "")
s = "start"
s += "-end"
print(s, s.__len__(), s.__contains__("end"), s.__getitem__(0), str.__add__("x", "y"))
