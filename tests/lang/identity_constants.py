# is, interned constants and singletons
print(None is None, True is True, ... is Ellipsis, tuple() is tuple([]))
a = "abc"
b = "abc"
print(a is b, a is not None)
print(type(None).__name__, type(NotImplemented).__name__, type(...).__name__)
print(type(None)() is None, bool(1) is True)
for src in ("None = 1", "True = 2", "__debug__ = 1", "... = 3", "f() = 1", "1 = x", "x + 1 = 2"):
    try:
        compile(src, "s", "exec")
    except SyntaxError as e:
        print(e.msg)
print(__debug__, __name__)
