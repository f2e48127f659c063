# indexing and slicing str
s = "héllo😀"
print(s[0], s[-1], s[1], len(s), s[1:4], s[::-1], s[-3:], s[::2], s[5:1], s[5:1:-2], s[:100], s[-100:2])
for i in (6, -7, "a", 1.0, None):
    try:
        s[i]
    except (IndexError, TypeError) as e:
        print(type(e).__name__, e)
try:
    s[0] = "x"
except TypeError as e:
    print(e)
try:
    s[::0]
except ValueError as e:
    print(e)
try:
    del s[0]
except TypeError as e:
    print(e)
