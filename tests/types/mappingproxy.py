# mapping proxies
import types
d = {"a": 1}
m = types.MappingProxyType(d)
print(m, len(m), m["a"], m.get("z", 0), list(m), list(m.items()), "a" in m, m == d, m | {"b": 2}, {"c": 3} | m, m.copy(), list(reversed(m)))
d["b"] = 2
print(m, sorted(m.keys()), hash is not None)
for f in (lambda: m.__setitem__, lambda: m["zz"], lambda: types.MappingProxyType(5), lambda: m.update({}), lambda: types.MappingProxyType([]), lambda: hash(m)):
    try: print(f())
    except (TypeError, KeyError, AttributeError) as e: print(type(e).__name__, e)
class C: x = 1
print(type(C.__dict__), C.__dict__["x"], "x" in C.__dict__, C.__dict__.get("q"))
