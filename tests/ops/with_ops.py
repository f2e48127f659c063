# __enter__ and __exit__ are looked up on the type, in the right order
class CM:
    def __enter__(self): print("type enter"); return 1
    def __exit__(self, *a): print("type exit", len(a)); return False
c = CM()
c.__enter__ = lambda: print("never")
with c as v: print(v)
class Only1:
    def __enter__(self): pass
class Only2:
    def __exit__(self, *a): pass
for o in (Only1(), Only2(), 5, CM):
    try:
        with o: pass
    except TypeError as e:
        print(e)
class Truthy:
    def __enter__(self): return self
    def __exit__(self, t, v, tb): return [1]
with Truthy(): raise KeyError
class BadBool:
    def __enter__(self): return self
    def __exit__(self, t, v, tb):
        class B:
            def __bool__(self): raise RuntimeError("bad bool")
        return B()
try:
    with BadBool(): raise KeyError("k")
except RuntimeError as e:
    print(e, repr(e.__context__))
with BadBool(): pass
print("ok")
