# json.dumps
import json
print(json.dumps({"a": [1, 2.5, True, None, "é\n\"x"], "b": {}, "c": []}), json.dumps("é😀", ensure_ascii=False), json.dumps((1, "t")), json.dumps(1e100), json.dumps(float("inf")), json.dumps(10**30), json.dumps({1: 2, None: 3, True: 4, 1.5: 5}))
print(json.dumps({"b": 1, "a": [1, {"x": []}]}, indent=2, sort_keys=True)); print(json.dumps([1, {"k": 2}], separators=(",", ":")), json.dumps([1], indent="--"), json.dumps([[], {}], indent=1))
class E(json.JSONEncoder):
    def default(self, o): return sorted(o) if isinstance(o, set) else super().default(o)
print(json.dumps({"s": {3, 1}}, cls=E), json.dumps(3j, default=lambda o: [o.real, o.imag]), json.dumps({(1, 2): 1, "k": 1}, skipkeys=True), list(json.JSONEncoder().iterencode([1, "a"])))
c = []; c.append(c)
for f in (lambda: json.dumps({1, 2}), lambda: json.dumps(c), lambda: json.dumps({(1,): 2}), lambda: json.dumps(float("nan"), allow_nan=False), lambda: json.dumps(b"x"), lambda: json.dumps([{"k": object}])):
    try: print(f())
    except Exception as e: print(type(e).__name__, e, getattr(e, "__notes__", ""))
import io, enum
f = io.StringIO(); json.dump([1, "x"], f); print(f.getvalue())
class I(enum.IntEnum): A = 7
class S(str): pass
print(json.dumps([I.A, S("sub"), True]))
