# messages and places of common syntax errors, statements
for src in ("x = ", "if x", "while True print(1)", "def f(:", "class C", "for x y", "import", "from x", "from x import", "x +", "return 5",
            "yield 1", "break", "continue", "await x", "def f(a, a): pass", "def f(a=1, b): pass", "def f(*): pass", "def f(**k, a): pass", "lambda x, x: 1",
            "try: pass", "else: pass", "with open('f') as: pass", "del f()", "del 5", "global 5", "assert", "raise from x", "async x", "nonlocal x"):
    try:
        compile(src, "<s>", "exec")
        print(src, "compiles")
    except SyntaxError as e:
        print(repr(src), "->", type(e).__name__, e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset)
