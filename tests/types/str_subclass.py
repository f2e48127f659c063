# subclasses of str
class S(str):
    def __new__(cls, v): return super().__new__(cls, v.upper())
    def __add__(self, o): return S(str.__add__(self, o))
    def extra(self): return len(self) * 2
s = S("abc")
print(s, s.extra(), s + "def", type(s + "d").__name__, type(s.lower()).__name__, type(s[0]).__name__, type(s.strip()).__name__)
print(s == "ABC", {"ABC": 1}[s], "".join([s, s]), "%s" % s, f"{s:>5}", isinstance(s, str), s in ("ABC",))
class R(str):
    def __repr__(self): return "R()"
    def __str__(self): return "str of R"
print(R("x"), [R("x")], f"{R('x')}", "%s" % R("x"), str(R("x")), R("x") + "y")
class H(str):
    __slots__ = ()
    def __hash__(self): return 7
    def __eq__(self, o): return str.__eq__(self, o)
d = {H("k"): 1}
print(d.get("k"), d[H("k")])
