# module objects
import types, sys
m = types.ModuleType("m", "doc")
print(m, m.__name__, m.__doc__, m.__dict__.keys() >= {"__name__", "__doc__", "__package__", "__loader__", "__spec__"}, m.__loader__)
m.x = 5
print(m.x, "x" in dir(m), vars(m)["x"]); del m.x
for f in (lambda: m.x, lambda: setattr(m, "__dict__", {}), lambda: types.ModuleType(), lambda: types.ModuleType(5)):
    try: print(f())
    except (AttributeError, TypeError) as e: print(type(e).__name__, e)
m.__getattr__ = lambda n: f"dyn {n}"; m.__dir__ = lambda: ["b", "a"]
print(m.anything, dir(m))
del m.__getattr__; m.__name__ = "renamed"; print(m)
try: m.q
except AttributeError as e: print(e)
class M(types.ModuleType):
    @property
    def prop(self): return "property on module"
m.__class__ = M; print(m.prop, type(m).__name__); print(sys)
try: m.__class__ = int
except TypeError as e: print(e)
