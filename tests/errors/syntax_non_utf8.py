# reading source bytes with an unknown encoding
for b in (b"# coding: latin-1\nx = '\xe9'\nprint(x)", b"# -*- coding: nope -*-\nx = 1", b"\xef\xbb\xbfprint('bom')", b"x = '\xff'", b"#!/x\n# vim: set fileencoding=ascii :\nprint('ok')"):
    try: exec(compile(b, "<b>", "exec"))
    except SyntaxError as e: print(type(e).__name__, e.msg)
