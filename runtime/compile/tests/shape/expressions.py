def constants():
    return (1, -2, 3.5, 1j, "text", b"bytes", None, ..., (1, (2, 3)), 2 ** 10, "ab" * 3, -5 // 2, not 0)


def displays(a, *b):
    one = [1, 2, 3]
    two = {1, 2, 3}
    three = {**a, "key": 1, **b}
    four = [*a, *b]
    five = a in {1, 2, 3} and b not in [4, 5]
    return one, two, three, four, five


def calls(f, *args, **kwargs):
    f(1, 2, x=3)
    f(*args, **kwargs)
    f.method(args).other(key=kwargs)
    f(a=1, *args, b=2, **kwargs)
    return any(x for x in args) or tuple(y for y in args)


def logic(a, b, c):
    d = a if b else c
    e = a and (b or c)
    if a < b < c and not (a or b):
        return d is not None
    return e if a is None else not c


def strings(a, b):
    return f"{a}", f"{a!r:>{b}} and {b=}", "plain" f"{a:{b}}" "end", "%s=%r" % (a, b), t"{a} {b:x}"


def slices(a, b):
    return a[1:2], a[b:], a[::b], a[b, 1:2], a[:]


def walrus(a):
    if (n := len(a)) > 10:
        return [m for x in a if (m := x * n)]
    return (
        a
        .first
        .second()
    )
