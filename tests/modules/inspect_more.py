# inspect: bound arguments, sources of classes, wrappers, async kinds
import inspect, functools
def deco(f):
    @functools.wraps(f)
    def w(*a, **k): return f(*a, **k)
    return w
@deco
def f(x, *, y: int = 1): pass
print(inspect.signature(f), inspect.signature(f, follow_wrapped=False), inspect.unwrap(f).__name__)
P = inspect.Parameter
s = inspect.Signature([P("a", P.POSITIONAL_ONLY), P("b", P.KEYWORD_ONLY, default=2)], return_annotation=int); print(s, s.replace(return_annotation=str), s.parameters["b"].replace(name="c"), s == inspect.Signature.from_callable(lambda a, /, *, b=2: 0), P.POSITIONAL_ONLY.description)
for bad in (lambda: inspect.Signature([P("a", P.KEYWORD_ONLY), P("b", P.POSITIONAL_ONLY)]), lambda: P("1a", P.KEYWORD_ONLY), lambda: P("a", P.VAR_KEYWORD, default=1), lambda: inspect.signature(5), lambda: inspect.getsource(len), lambda: inspect.Signature([P("a", P.KEYWORD_ONLY)] * 2)):
    try: bad()
    except (ValueError, TypeError) as e: print(type(e).__name__, e)
class C:
    x: int = 1
    def __init__(self, p, q=2): pass
    @property
    def pr(self): "pdoc"
    @functools.cached_property
    def cp(self): pass
class D(C):
    def pr2(self): pass
print(inspect.signature(D), inspect.getdoc(C.pr), [a.kind for a in inspect.classify_class_attrs(D) if a.name in ("pr", "pr2", "x")], inspect.isdatadescriptor(C.pr), inspect.getmodulename("/a/b.py"), inspect.signature(functools.partial(f, 1)), inspect.signature(functools.partial(f, y=5)))
async def co(): pass
async def ag(): yield
def g(): yield
i = g(); print(inspect.isgenerator(i), inspect.iscoroutinefunction(co), inspect.isasyncgen(ag()), inspect.getgeneratorlocals(i), inspect.isframe(inspect.currentframe()), inspect.istraceback(None), inspect.iscode(g.__code__), inspect.isgetsetdescriptor(type(g).__code__), inspect.ismemberdescriptor(type("S", (), {"__slots__": "z"}).z))
print(inspect.getsource(co).strip(), inspect.getcallargs(lambda a, *b, c=1, **d: 0, 1, 2, c=3, e=4), inspect.formatannotation(int), inspect.formatannotation(list[int]), inspect.get_annotations(C), inspect.markcoroutinefunction(lambda: 0) is not None)
print(inspect.signature(type), inspect.signature(print), inspect.signature(str.split), inspect.signature(sorted), inspect.signature(dict.get)) if False else print(inspect.signature(sorted), inspect.signature(str.split))
