# several bases with built-in types
class D(dict):
    def __init__(self, *a, **k): super().__init__(*a, **k); self.extra = 1
    def __getattr__(self, n):
        try: return self[n]
        except KeyError: raise AttributeError(n) from None
d = D(a=1); d.b = 2
print(d, d.a, d.b, d.extra, "b" in d)
try: d.zz
except AttributeError as e: print(e, e.__suppress_context__)
class Mixin:
    def describe(self): return f"{type(self).__name__} of {len(self)}"
class L(Mixin, list): pass
class T(tuple, Mixin): pass
print(L([1, 2]).describe(), T((1,)).describe(), L.__mro__[2].__name__)
class E(ValueError, KeyError): pass
try: raise E("both")
except KeyError as e: print(str(e), isinstance(e, ValueError), E.__mro__[1:4])
class S(str, Mixin):
    def __add__(self, o): return S(str(self) + o)
print((S("ab") + "c").describe())
class OSx(OSError):
    def __init__(self, a, b): super().__init__(a, b); self.c = 3
o = OSx(2, "m"); print(o, o.errno, o.c)
class F(float, Mixin): pass
try: F(1).describe()
except TypeError as e: print(e)
for b in ((int, float), (list, dict), (str, bytes), (ValueError, OSError), (tuple, list), (int, str)):
    try: type("X", b, {}); print("ok", b)
    except TypeError as e: print(e)
