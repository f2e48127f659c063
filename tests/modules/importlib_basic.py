# importlib: finders, loaders, reload, specs
import importlib, importlib.util, sys, types
print(importlib.import_module("json.decoder").__name__, importlib.util.find_spec("nope"), importlib.util.find_spec("json").name, importlib.util.find_spec("json").submodule_search_locations is not None)
class F:
    def find_spec(self, name, path=None, target=None):
        if name == "virtual": return importlib.util.spec_from_loader(name, self)
    def create_module(self, spec): return None
    def exec_module(self, m): m.value = 42; print("exec", m.__name__)
sys.meta_path.append(F()); import virtual; print(virtual.value, virtual.__spec__.name); importlib.reload(virtual); sys.meta_path.pop()
print(math := importlib.import_module("math"), "math" in sys.modules) if False else None
m = importlib.util.module_from_spec(importlib.util.spec_from_loader("blank", None)); print(m.__name__, m.__loader__)
for f in (lambda: importlib.import_module("nope.x"), lambda: importlib.import_module(".x"), lambda: importlib.reload(5), lambda: importlib.import_module("")):
    try: f()
    except Exception as e: print(type(e).__name__, e)
print(json.__package__ if (json := importlib.import_module("json")) else "", json.__spec__.parent, importlib.util.resolve_name(".y", "a.b"))
