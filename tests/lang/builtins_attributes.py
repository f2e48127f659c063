# getattr setattr hasattr delattr vars dir
class C:
    x = 1
c = C()
print(getattr(c, "x"), getattr(c, "y", "dflt"), hasattr(c, "x"), hasattr(c, "q"))
setattr(c, "y", 2)
print(vars(c), c.y)
delattr(c, "y")
print(vars(c))
print([n for n in dir(c) if not n.startswith("__")])
try:
    getattr(c, "nope")
except AttributeError as e:
    print(e, e.name, e.obj is c)
try:
    getattr(c, 5)
except TypeError as e:
    print(e)
