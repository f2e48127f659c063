# sys.getrefcount grows by one for each reference
import sys
x = object()
base = sys.getrefcount(x)
y = x
print(sys.getrefcount(x) - base)
l = [x] * 10
print(sys.getrefcount(x) - base)
del y, l
print(sys.getrefcount(x) - base)
d = {x: x}
print(sys.getrefcount(x) - base)
d.clear()
t = (x, x)
def f(a): return sys.getrefcount(a) >= base
print(sys.getrefcount(x) - base, f(x))
