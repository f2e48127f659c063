# string: constants, Template, Formatter, capwords
import string
print(string.ascii_letters, string.digits, string.hexdigits, string.punctuation, repr(string.whitespace), string.octdigits, len(string.printable), string.capwords("hello  big world"))
t = string.Template("$who likes ${what}, $$5")
print(t.substitute(who="tim", what="kung"), t.safe_substitute(who="x"), t.get_identifiers(), t.is_valid(), t.template)
for s, k in (("$a", {}), ("$", {}), ("${a", {}), ("$1", {})):
    try: print(string.Template(s).substitute(k))
    except Exception as e: print(type(e).__name__, e)
class F(string.Formatter):
    def get_value(self, k, a, kw): return f"<{k}>" if isinstance(k, str) else super().get_value(k, a, kw)
print(F().format("{0} {x} {1:>4}", "a", "b"), list(string.Formatter().parse("a{b!r:c}d{{")), string.Formatter().vformat("{a[0]}", (), {"a": [7]}))
