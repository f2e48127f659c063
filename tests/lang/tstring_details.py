# t-strings: evaluation order, concatenation, nesting, formats
log = []
def v(x): log.append(x); return x
t = t"{v(1)}{v(2):{v(3)}>{v(4)}}"
print(log, t.values, [i.format_spec for i in t.interpolations])
name = "x"
print((t"a" t"b{name}").strings)
nested = t"out {t"in {name}"}"
print(nested.strings, nested.values[0].values)
r = rt"\n{name}\t"
print(r.strings, T"{1}".values, t'{name=}'.strings, t"{name = !s}".interpolations[0].conversion, t"{ name }".interpolations[0].expression)
print(t"{{}}{name}{{".strings, t"{(lambda: 5)()}".values, t"""multi
{name}""".strings, len(list(t"{1}{2}")), t"" + t"{1}" == t"{1}", t"a" == t"a")
def fstr(t): return "".join(p if isinstance(p, str) else format({"r": repr, "s": str, "a": ascii, None: lambda x: x}[p.conversion](p.value), p.format_spec) for p in t)
x = 3.14159
print(fstr(t"{x:.2f} {name!r:>5} {name}"), fstr(t"{x=:.1f}"))
for src in ('t"{}"', 't"{a b}"', 't"a" "b"', 't"a" f"b"', 't"{undefined}"', 'bt"a"', 'ft"a"', 't"{1!x}"'):
    try: print(src, eval(src).strings)
    except (SyntaxError, NameError) as e: print(src, type(e).__name__, e.args[0])
