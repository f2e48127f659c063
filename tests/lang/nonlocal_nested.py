# nonlocal across several levels
def a():
    x = 1
    def b():
        def c():
            nonlocal x
            x += 1
            return x
        return c
    c = b()
    c(); c()
    return x
print(a())
def gen_counter():
    n = 0
    def nxt():
        nonlocal n
        n += 1
        yield n
        n += 10
        yield n
    return list(nxt()) + list(nxt())
print(gen_counter())
def p():
    y = 1
    class K:
        nonlocal y
        y = 5
    return y
print(p())
for src in ("def f():\n nonlocal q", "nonlocal z", "def f(x):\n global x", "def f():\n x=1\n global x", "def f():\n print(x)\n global x"):
    try:
        compile(src, "s", "exec")
    except SyntaxError as e:
        print(e.msg)
