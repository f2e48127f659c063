# template strings
name, n = "world", 42
t = t"hello {name!r:>10} and {n:{n}d}!"
print(type(t).__name__, t.strings, t.values)
for i in t.interpolations:
    print(repr(i.value), i.expression, i.conversion, repr(i.format_spec))
print(list(t"a{1}{2}b"))
print((t"x{1}" + t"y{2}z").strings)
print(repr(t"{n=}"))
print(t"".strings, t"".interpolations)
def html(t):
    out = []
    for part in t:
        out.append(part if isinstance(part, str) else f"<{part.value}>")
    return "".join(out)
print(html(t"<b>{name}</b> {n}"))
try:
    t"a" + "b"
except TypeError as e:
    print(e)
