# super objects
class A:
    x = "A"
    def f(self): return "Af"
class B(A):
    x = "B"
    def f(self): return "Bf"
b = B()
s = super(B, b)
print(s.x, s.f(), repr(s), s.__thisclass__, s.__self__ is b, s.__self_class__, type(s), super(B).__self__)
u = super(B)
print(u, u.__get__(b).f(), super(A, b).__init__.__name__, hasattr(s, "nope"), super(B, B).f(b))
try: super(A, b).f
except AttributeError as e: print(e)
try: super(B, A())
except TypeError as e: print(e)
try: super(5, b)
except TypeError as e: print(e)
try: super()
except RuntimeError as e: print(e)
s2 = super(B, b)
try: s2.x = 5
except AttributeError as e: print(e)
print(b.x)
