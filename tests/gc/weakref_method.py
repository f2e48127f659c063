# WeakMethod
import weakref
class C:
    def m(self): return "m called"
c = C()
r = weakref.ref(c.m)
print(r())
w = weakref.WeakMethod(c.m, lambda x: print("method callback"))
print(w()(), w() == c.m)
del c
print(w())
try:
    weakref.WeakMethod(len)
except TypeError as e:
    print(e)
def f(): pass
fr = weakref.ref(f)
print(fr() is f)
del f
print(fr())
