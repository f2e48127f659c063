# types: names of the types, helpers
import types
def g(): yield
async def c(): pass
async def ag(): yield
co = c()
for o, t in ((g, "FunctionType"), (lambda: 0, "LambdaType"), (g(), "GeneratorType"), (co, "CoroutineType"), (ag(), "AsyncGeneratorType"), (g.__code__, "CodeType"), (types, "ModuleType"), (len, "BuiltinFunctionType"), ([].append, "BuiltinMethodType"), (str.join, "MethodDescriptorType"), (int.__add__, "WrapperDescriptorType"), ((1).__add__, "MethodWrapperType"), (int.__dict__["from_bytes"], "ClassMethodDescriptorType"), (type(g).__code__, "MemberDescriptorType"), (type(g).__dict__["__name__"], "GetSetDescriptorType"), (list[int], "GenericAlias"), (int | str, "UnionType"), (None, "NoneType"), (..., "EllipsisType"), (NotImplemented, "NotImplementedType"), (type.__dict__, "MappingProxyType"), (lambda: 0, "FunctionType")):
    T = getattr(types, t); print(t, isinstance(o, T), T.__name__)
co.close()
n = types.SimpleNamespace(a=1, b="x"); n.c = 3; print(n, n == types.SimpleNamespace(a=1, b="x", c=3), vars(n)); del n.a; print(n)
m = types.MappingProxyType({"k": 1}); print(m, m["k"], len(m), m | {"z": 2}, m.copy(), "k" in m)
try: m["x"] = 1
except TypeError as e: print(e)
K = types.new_class("K", (int,), {}, lambda ns: ns.update(x=5)); print(K.x, K(3) + 1, types.resolve_bases((int,)), types.prepare_class("Q")[0])
mod = types.ModuleType("mymod", "docs"); print(mod.__name__, mod.__doc__, mod)
class D:
    @types.DynamicClassAttribute
    def v(self): return "inst"
print(D().v)
f = types.FunctionType(g.__code__, {}, "renamed"); print(f.__name__, list(f()), types.MethodType(lambda s, x: (s, x), "self")(1), types.CellType(5).cell_contents)
