# inspect: signatures, members, predicates
import inspect
def f(a, b: int = 2, /, c=3, *args: str, d, e="x", **kw) -> list: "docstring of f"
s = inspect.signature(f)
print(s, list(s.parameters), s.return_annotation, s.parameters["b"].kind, s.parameters["b"].default, s.parameters["d"].default is inspect.Parameter.empty, s.parameters["args"])
ba = s.bind(1, 2, 3, 4, d=5, z=6); print(ba.args, ba.kwargs, ba.arguments); b2 = s.bind(1, d=0); b2.apply_defaults(); print(b2)
for call in (lambda: s.bind(), lambda: s.bind(1), lambda: s.bind(1, d=1, a=2)):
    try: print(call())
    except TypeError as e: print(e)
class C:
    "class doc"
    def m(self, x): pass
    @classmethod
    def c(cls, y): pass
    @staticmethod
    def s(z): pass
    def __call__(self, q): pass
print(inspect.signature(C.m), inspect.signature(C().m), inspect.signature(C.c), inspect.signature(C.s), inspect.signature(C()), inspect.signature(C), inspect.signature(lambda *, k: 0), inspect.signature(len), inspect.signature(int.to_bytes))
print(inspect.isfunction(f), inspect.ismethod(C().m), inspect.isclass(C), inspect.isbuiltin(len), inspect.isgeneratorfunction(f), inspect.iscoroutinefunction(f), inspect.ismodule(inspect), inspect.isroutine(len), inspect.ismethoddescriptor(str.join), inspect.isabstract(C))
print(inspect.getdoc(f), inspect.getdoc(C), inspect.getmro(C), [n for n, _ in inspect.getmembers(C, inspect.isfunction)], inspect.getfullargspec(f), inspect.getmodule(C).__name__, inspect.unwrap(f) is f, inspect.cleandoc("  a\n    b\n"))
def outer():
    return inspect.currentframe().f_code.co_name, inspect.stack()[0].function, inspect.currentframe().f_back.f_code.co_name
print(outer(), inspect.getsource(outer).split("\n")[0], inspect.getsourcelines(C)[1])
def clos():
    x = 1
    return lambda: x
print(inspect.getclosurevars(clos()).nonlocals, inspect.getattr_static(C, "m") is C.__dict__["m"])
