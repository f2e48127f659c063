# del for locals, cells, globals, attributes, items
def f():
    a = b = c = 1
    del a, (b, [c])
    for n in ("a", "b", "c"):
        if n in locals(): print("still", n)
    try: a
    except UnboundLocalError as e: print(e)
    try:
        del a
    except UnboundLocalError as e: print(e)
    a = 2
    return a
print(f())
def cell():
    x = 1
    def g(): return x
    del x
    try: g()
    except NameError as e: print(e)
    try: del x
    except UnboundLocalError as e: print(e)
cell()
g1 = 1
def dg():
    global g1
    del g1
    try: del g1
    except NameError as e: print(e)
dg()
class C:
    v = 1
    del v
    try: del w
    except NameError as e: print(e)
print(hasattr(C, "v"))
for stmt in ("del undefined_thing", "del [].x", "del (1).real", "del {}['k']", "del [][0]", "del (1,)[0]", "del 'a'[0]", "del C().q", "del int.real"):
    try: exec(stmt)
    except Exception as e: print(type(e).__name__, e)
