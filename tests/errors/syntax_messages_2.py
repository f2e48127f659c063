# messages and places of common syntax errors, expressions
for src in ("1 +", "(", ")", "[1", "{1:", "(]", "f(a b)", "f(a=1, 2)", "f(**a, *b)", "f(a=1, a=2)", "f(1=2)", "f(a.b=1)", "x == = 1", "a b", "1x", "0777", "1__0", "0b2", "0xg", "1.e", "5.real",
            "'a", '"""a', "f'{'", "f'{}'", "f'{a b}'", "f'}'", "f'{a!x}'", "f'{a'", "b'é'", "$", "?", "a ? b : c", "x++", "!x", "a <> b", "not in x", "x if y", "[x for]", "[for x in y]", "{**a for a in b}", "[*a for a in b]", "*x", "print 1", "exec 'a'",
            "x := 1", "(x.y := 1)", "(x[0] := 1)", "lambda: (yield)", "'\\N{bad name}'", "'\\x1'", "'\\u12'", "\\"):
    try:
        compile(src, "<s>", "eval")
        print(repr(src), "compiles")
    except SyntaxError as e:
        print(repr(src), "->", e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset)
