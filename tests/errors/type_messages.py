# messages of TypeError for operators and calls
class C: pass
for src in ("1 + 'a'", "'a' + 1", "[] + 1", "1 - []", "{} | 1", "'a' * 'b'", "1 // 'a'", "None ** 2", "~'a'", "-[]", "1 @ 2", "x = 1; x @= 2", "x = 'a'; x -= 1", "x = []; x += 1", "1 < 'a'", "C() < C()", "C() + 1", "C()()", "C(1)", "C()[0]", "C()[0] = 1", "del C()[0]", "len(C())", "iter(C())", "next(C())", "hash([])", "abs('a')", "int(C())", "float(C())", "bool()", "range('a')", "a = [1]; a[1.5]", "a = 'a'; a['b']", "a = 1; a['a']", "{}[[]]", "1 in 2", "C() in 5", "round('a')", "divmod(1, 'a')", "pow('a', 2)", "chr('a')", "ord('ab')", "ord(5)", "sum(['a'])", "sum(5)", "max(5)", "max()", "sorted(5)", "isinstance(1, 2)", "reversed({1})", "zip(5)", "map(1, [1]).__next__()", "enumerate(5)", "with_ = C().__enter__", "for_ = [*C()]", "f(**C())", "print(sep=5)", "print(foo=1)", "'%d' % 'a'", "'a'.join([1])", "open(1.5)", "type('a', (5,), {})", "type(1, 2)", "type('A', (int, str), {})", "object.__new__(5)", "super(int, 'a').x", "setattr(C(), 5, 1)", "int.__add__('a', 1)", "str.upper(5)", "list.append([])", "dict.fromkeys(5)", "bytes('a')", "complex('1', 2)", "slice()"):
    try:
        exec(src)
        print(src, "ok")
    except Exception as e:
        print(src, "->", type(e).__name__, e)
