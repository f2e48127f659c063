# str.format fields
print("{} {}".format(1, 2), "{1} {0}".format("a", "b"), "{x} {y}".format(x=1, y=2), "{0.real} {0.imag}".format(3), "{0[1]} {d[k]}".format([1, 2], d={"k": "v"}))
print("{!r} {!s} {!a}".format("é", "é", "é"), "{:>5}|{:<5}|{:^5}".format(1, 2, 3), "{:{}}|{:{w}.{p}}".format("a", 4, 3.14159, w=8, p=3))
print("{{}} {{{}}}".format(5), "{0}{0}".format("z"), "{a.__class__.__name__}".format(a=1))
for f, a in (("{}", ()), ("{0} {}", (1, 2)), ("{x}", ()), ("{", ()), ("}", ()), ("{!x}", (1,)), ("{0[a]}", ([1],)), ("{0.nope}", (1,)), ("{:d}", ("s",)), ("{!}", (1,)), ("{} {0}", (1,))):
    try:
        print(f.format(*a))
    except Exception as e:
        print(repr(f), type(e).__name__, e)
print("{a} {b}".format_map({"a": 1, "b": 2}))
class D(dict):
    def __missing__(self, k): return f"<{k}>"
print("{q}".format_map(D()))
