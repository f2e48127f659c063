# ast.parse(optimize=...), calls of module code, names that cannot be encoded.
import ast
import types

source = '"""doc"""\ndef f():\n    """doc"""\nclass C:\n    """doc"""\n    x = __debug__\n'
for level in -1, 0, 1, 2:
    print(level, ast.dump(ast.parse(source, optimize=level)))

g = {}
types.FunctionType(compile("a = 1\ndef f(): return a", "x", "exec"), g)()
print(g["a"], g["f"]())

for make in (
    lambda: type("A\udcdc", (), {}),
    lambda: type("A", (), {"__doc__": "\udcdc"}),
    lambda: setattr(type("A", (), {}), "__name__", "B\udcdc"),
    lambda: object.__setattr__(str, "foo", 42),
    lambda: object.__delattr__(str, "lower"),
):
    try:
        make()
    except (UnicodeEncodeError, TypeError) as e:
        print(type(e).__name__, e)

import io
import tokenize

for text in ") + 1", "1_000x", "01", "(]":
    print([t.string for t in tokenize.generate_tokens(io.StringIO(text).readline)])
