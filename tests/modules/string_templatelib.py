# string.templatelib
from string.templatelib import Template, Interpolation, convert
x = 5
t = t"a{x}b{x!r:>3}"
print(t, isinstance(t, Template), t.interpolations[1], convert(1, "r"), convert("x", None))
print(Template("a", Interpolation(1, "e"), "b").values, Template("x", "y").strings, Template(Interpolation(1), Interpolation(2)).strings)
i = Interpolation(3, "three", "s", "d"); print(i.value, i.expression, i.conversion, i.format_spec)
match i:
    case Interpolation(v, e, c, s): print(v, e, c, s)
for f in (lambda: Template(5), lambda: Interpolation(1, "e", "q"), lambda: t + "s", lambda: setattr(i, "value", 1), lambda: t.zz):
    try: f()
    except Exception as e: print(type(e).__name__, e)
