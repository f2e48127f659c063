# many instances with attributes in different orders
class P: pass
def total(o): return o.a + o.b * 10
objs = []
for i in range(20):
    p = P()
    if i % 3 == 0: p.a, p.b = i, 1
    elif i % 3 == 1: p.b, p.a = 2, i
    else:
        p.z = 0; p.a = i; p.b = 3
        del p.z
    objs.append(p)
print([total(o) for o in objs])
for o in objs[:3]: print(vars(o))
p = P()
for i in range(40): setattr(p, f"attr{i}", i)
print(sum(getattr(p, f"attr{i}") for i in range(40)), len(vars(p)), p.attr39)
p.__dict__ = {"a": 100, "b": 5}
print(total(p))
p.__dict__["a"] = 1
print(total(p), vars(p) is p.__dict__)
d = p.__dict__
p.c = 3
print(d)
del d["a"]
try:
    total(p)
except AttributeError as e:
    print(e)
