# del of names, items, slices and attributes
x = 1
del x
try:
    x
except NameError as e:
    print(e)
a = list(range(6))
del a[0]
del a[1:3]
del a[-1], a[0]
print(a)
class C: pass
c = C()
c.v = 1
del c.v
print(hasattr(c, "v"))
try:
    del c.v
except AttributeError as e:
    print(e)
d = {"k": 1}
del d["k"]
print(d)
def f():
    y = 1
    del y
    try:
        y
    except UnboundLocalError as e:
        print(e)
f()
p, q = 1, 2
del (p, q)
