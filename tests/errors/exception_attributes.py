# str, repr and args of built-in exceptions
for e in (ValueError(), ValueError("m"), ValueError("a", 2), KeyError("k"), KeyError(), KeyError("a", "b"), IndexError("i"), OSError(2, "No such"), OSError(2, "No such", "file.txt"), OSError(2, "No", "a", None, "b"), OSError("one"),
          StopIteration(5), SystemExit(2), ImportError("imp", name="n", path="p"), AttributeError("at", name="n", obj=1), NameError("nm", name="x"), UnicodeDecodeError("utf-8", b"abc", 1, 2, "why"), UnicodeEncodeError("ascii", "é", 0, 1, "why"), UnicodeTranslateError("abc", 0, 2, "why"), AssertionError((1, 2)), ZeroDivisionError("z"), StopAsyncIteration(1)):
    print(str(e), "|", repr(e), "|", e.args)
e = OSError(2, "No such", "file.txt")
print(type(e).__name__, e.errno, e.strerror, e.filename, type(OSError(13, "x")).__name__, type(OSError(17, "x")).__name__, type(OSError(99999, "x")).__name__)
print(StopIteration(5).value, StopIteration().value, ImportError("x", name="n").name, IOError is OSError, EnvironmentError is OSError)
try:
    ValueError(x=1)
except TypeError as t:
    print(t)
try:
    ImportError("x", bad=1)
except TypeError as t:
    print(t)
