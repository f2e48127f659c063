# the singletons
n = None
print(None, repr(None), type(None), None == None, bool(None), hash(None) == hash(None), {None: 1}[None])
print(..., repr(...), type(...), bool(...), Ellipsis.__reduce__())
print(NotImplemented, type(NotImplemented), type(NotImplemented)() is NotImplemented)
for f in (lambda: None.x, lambda: n(), lambda: n[0], lambda: None + 1, lambda: len(None), lambda: iter(None), lambda: setattr(None, "x", 1), lambda: type(None)(1), lambda: None < 1, lambda: -None, lambda: n.x.y):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)
