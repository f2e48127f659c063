# compile: modes, flags, code attributes, AST input
import ast
c = compile("a + b", "<f>", "eval"); print(eval(c, {"a": 1, "b": 2}), c.co_names)
print(compile("x = 1; y = x", "<f>", "exec").co_names)
exec(compile("1; 'shown'; None", "<f>", "single"))
t = compile("1 + 1", "<f>", "eval", ast.PyCF_ONLY_AST); print(type(t).__name__, eval(compile(t, "<f>", "eval")))
print(eval(b"1 + 1"), eval("  2"), eval("(\n3\n)"), eval("4 # c"))
for a in (("x", "f", "bad"), ("x = 1", "f", "eval"), ("1", "f"), (5, "f", "exec"), ("if 1:", "f", "exec"), ("x", "f", "exec", 99999), ("a\nb", "f", "single")):
    try: print(compile(*a))
    except Exception as e: print(type(e).__name__, e)
d = compile("'doc'\ndef f():\n  'fdoc'\n  assert 0", "<f>", "exec", optimize=2); ns = {}; exec(d, ns); print(ns.get("__doc__"), ns["f"].__doc__, ns["f"]())
print(eval("__debug__"), eval(compile("__debug__", "f", "eval", optimize=1)))
