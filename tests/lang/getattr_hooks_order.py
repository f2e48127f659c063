# __getattribute__, descriptors, __dict__, __getattr__ in order
class D:
    def __get__(self, o, t): print("  data get"); raise AttributeError("from descriptor")
    def __set__(self, o, v): print("  data set", v)
class A:
    d = D()
    def __getattribute__(self, n):
        print(" getattribute", n)
        return super().__getattribute__(n)
    def __getattr__(self, n):
        print(" getattr", n)
        return "fallback"
a = A()
a.d = 1
print(a.d)
print(a.nope)
print(hasattr(a, "zzz"), getattr(a, "q", 5))
class P:
    @property
    def p(self): raise AttributeError("inside property")
    def __getattr__(self, n): return f"getattr {n}"
print(P().p)
class Q:
    @property
    def p(self): return self.missing
try: Q().p
except AttributeError as e: print(e)
class R:
    def __getattr__(self, n): raise KeyError(n)
try: hasattr(R(), "x")
except KeyError as e: print("KeyError", e)
class S:
    def __getattr__(self, n): return getattr(self, n + "x") if len(n) < 5 else n
print(S().a)
