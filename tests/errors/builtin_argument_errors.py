# argument errors of built-in functions and methods
for src in ("len()", "len(1, 2)", "len(x=1)", "abs()", "ord()", "[].append()", "[].append(1, 2)", "[].insert(1)", "'a'.replace('b')", "'a'.split(1, 2, 3)", "{}.get()", "{}.get(1, 2, 3)", "{}.pop()", "int(1, 2, 3)", "int('1', b=2)", "str(1, 2, 3, 4)", "float(1, 2)", "list(1, 2)", "tuple(x=1)", "dict(1, 2)", "set(1, 2)", "range(1, 2, 3, 4)", "enumerate()", "zip(strict=1, x=2)", "isinstance(1)", "getattr(1)", "getattr(1, 'x', 2, 3)", "hasattr(1)", "setattr(1, 'x')", "iter()", "iter(1, 2)", "next()", "sorted()", "sorted([], 1)", "max(key=1)", "min([], 1, default=2)", "sum()", "sum([], [], [])", "pow(1)", "round()", "divmod(1)", "print(1, sepp='')", "chr()", "bin(1.5)", "hex('a')", "input(1, 2)", "eval()", "exec()", "compile('a')", "open()", "type()", "super(1, 2, 3)", "object(1)", "property(1, 2, 3, 4, 5)", "staticmethod()", "classmethod(1, 2)", "bytes(1, 2, 3, 4)", "frozenset(1, 2)", "slice(1, 2, 3, 4)", "memoryview()", "format()", "vars(1)", "dir(1, 2)", "id()", "hash()", "callable()", "all()", "any(1)", "map()", "map(len)", "filter(1)", "reversed()", "''.join()", "''.encode(1)", "(1).bit_length(2)", "[].sort(1)", "[].sort(foo=1)", "{}.update(1, 2)", "''.format_map()", "''.startswith()", "b''.decode(1)"):
    try:
        eval(src)
        print(src, "ok")
    except Exception as e:
        print(src, "->", type(e).__name__, e)
