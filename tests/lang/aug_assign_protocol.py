# in-place operators and their fallbacks
class A:
    def __init__(self, v): self.v = v
    def __iadd__(self, o): self.v += o; return self
    def __isub__(self, o): return NotImplemented
    def __sub__(self, o): return A(self.v - o)
    def __imatmul__(self, o): return "imatmul"
    def __ior__(self, o): return ("ior", o)
a = b = A(1)
a += 5
print(a is b, a.v)
a -= 2
print(a is b, a.v, b.v)
a @= 1
print(a)
b |= {1}
print(b)
x = "s"
try: x += 1
except TypeError as e: print(e)
x = 5
try: x -= "a"
except TypeError as e: print(e)
try: x **= None
except TypeError as e: print(e)
class Ro:
    @property
    def p(self): return [1]
r = Ro()
try: r.p += [2]
except AttributeError as e: print(e)
t = ([1],)
try: t[0] += [2]
except TypeError as e: print(e, t)
l = [1, 2]
l *= 2; l += "ab"; l += (9,)
print(l)
