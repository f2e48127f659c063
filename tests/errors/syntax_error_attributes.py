# attributes and str of SyntaxError
try:
    compile("x = (1,\n  2 3)\n", "the_file.py", "exec")
except SyntaxError as e:
    print(e.msg, e.filename, e.lineno, e.offset, repr(e.text), e.end_lineno, e.end_offset, e.print_file_and_line)
    print(str(e)); print(e.args)
e = SyntaxError("m", ("f", 3, 4, "text", 5, 6))
print(e, e.filename, e.end_lineno, repr(e))
print(SyntaxError("only"), SyntaxError().msg)
for bad in ("if 1:\nx", "if 1:\n\tx\n        y", " x", "def f():\n  a\n b"):
    try:
        compile(bad, "<s>", "exec")
    except SyntaxError as e:
        print(type(e).__name__, e)
try:
    SyntaxError("m", (1, 2))
except TypeError as e:
    print(e)
for arg in (b"\xff = 1", "a\0b", 5):
    try:
        compile(arg, "<s>", "exec")
    except Exception as e:
        print(type(e).__name__, e)
