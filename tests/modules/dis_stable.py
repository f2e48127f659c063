# dis and code objects: only what holds for every implementation of the 3.14 language
import dis
def f(a, b=1, /, c=2, *args, d, **kw):
    x = a + b
    def g(): return x
    return g
c = f.__code__
print(c.co_name, c.co_qualname, c.co_argcount, c.co_posonlyargcount, c.co_kwonlyargcount, c.co_varnames[:6], c.co_cellvars, c.co_freevars, c.co_firstlineno, c.co_nlocals >= 6)
print(bool(c.co_flags & 4), bool(c.co_flags & 8), bool(c.co_flags & 0x20), c.co_filename.endswith("dis_stable.py"))
g = f(1, d=2)
print(g.__code__.co_freevars, g.__code__.co_name, g.__code__.co_qualname)
print(sorted({l for _, _, l in c.co_lines() if l})[:2])
print(dis.COMPILER_FLAG_NAMES[4], dis.pretty_flags(0x24))
n = c.replace(co_name="renamed")
print(n.co_name, n == c, c == f.__code__, hash(c) == hash(f.__code__))
def gen(): yield
async def co(): pass
print([bool(x.__code__.co_flags & 0x20) for x in (gen, co, f)], bool(co.__code__.co_flags & 0x80))
