# ast: parse, dump, visit, transform, literal_eval, unparse
import ast
t = ast.parse("x = a + 1 if b else [i for i in c]")
print(ast.dump(t)); print(ast.dump(ast.parse("f(1, *a, k=2)", mode="eval"), indent=2)); print(ast.dump(ast.parse("def f(a, /, b=1, *c, d, **e) -> int: return a"), annotate_fields=True))
print([type(n).__name__ for n in ast.walk(ast.parse("a.b[c]"))], t.body[0].lineno, t.body[0].col_offset, t.body[0].value.end_col_offset, t.body[0].targets[0].id, t._fields)
class V(ast.NodeVisitor):
    def visit_Name(self, n): print("name", n.id, type(n.ctx).__name__); self.generic_visit(n)
V().visit(t)
class T(ast.NodeTransformer):
    def visit_Constant(self, n): return ast.copy_location(ast.Constant(n.value * 2), n) if isinstance(n.value, int) else n
m = T().visit(ast.parse("y = 5 + 3")); ns = {}; exec(compile(ast.fix_missing_locations(m), "<ast>", "exec"), ns); print(ns["y"])
for s in ("x=1;y=2", "def f(a,*,b=1): return a", "class C(B, metaclass=M):\n @d\n def m(self): pass", "try:\n a\nexcept E as e:\n b\nfinally:\n c", "lambda x: x**-1", "f'{x!r:>{w}} {y=}'", "match x:\n case [1, *r] | {'k': v}: pass", "async def f():\n async with a as b: await c", "x: int = (yield)", "a if b else c, not d, -e, (f := 1)", "with a, b as c: pass", "for i, in x: break\nelse: pass", "type X[T: int] = list[T]", "del a, b[0:1, ::2]", "'a' \"b'\"", "{**a, 'b': c}, {1}, {x: y for x in z}"):
    print(ast.unparse(ast.parse(s)))
print(ast.literal_eval("[1, -2.5, 'a', (None, True), {'k': {1}}, b'x', 1+2j]"), ast.get_docstring(ast.parse('"doc"')), ast.get_source_segment("a = bb + c", ast.parse("a = bb + c").body[0].value))
for s in ("f()", "a", "1 + 1 + 1", "[x for x in y]"):
    try: print(ast.literal_eval(s))
    except ValueError as e: print(str(e).split(":")[0])
print(ast.dump(ast.Name("q")), ast.BinOp._fields, isinstance(ast.Add(), ast.operator), ast.iter_child_nodes(t).__next__().__class__.__name__, ast.compare(ast.parse("1"), ast.parse("1")))
