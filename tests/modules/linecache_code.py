# linecache, codeop, code compile helpers
import linecache, codeop
print(linecache.getline(__file__, 1), repr(linecache.getline(__file__, 9999)), repr(linecache.getline("/no/file", 1)))
for s in ("x = 1", "if x:", "def f():\n  pass\n", "(1,", "x = ", "'''abc"):
    try: print(repr(s), codeop.compile_command(s) is not None)
    except SyntaxError as e: print(repr(s), "SyntaxError", e.msg)
import code
i = code.InteractiveInterpreter({"__name__": "c"})
print(i.runsource("print(1 + 1)"), i.runsource("for i in x:"))
