# exec, eval and compile
print(eval("1 + 2"), eval("x * 2", {"x": 5}), eval("a + b", {"a": 1}, {"b": 2}))
ns = {}
exec("def f(): return 42\nx = f()", ns)
print(ns["x"], ns["f"]())
c = compile("y = 3", "<s>", "exec")
exec(c, ns)
print(ns["y"], c.co_filename, c.co_name)
print(eval(compile("5 * 5", "<e>", "eval")))
exec(compile("7 * 6", "<i>", "single"))
print(exec("pass"))
def local():
    v = 10
    print(eval("v + 1"))
    exec("v = 99")
    print(v, locals())
local()
try:
    eval("x = 1")
except SyntaxError as e:
    print(e.msg)
try:
    eval("zz", {})
except NameError as e:
    print(e)
