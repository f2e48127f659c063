# ast.parse: type comments, function types and feature versions.
import ast

source = """\
def f(
    a,  # type: int
    b=1,  # type: str
    *c  # type: list
):
    # type: (...) -> None
    for x in y:  # type: int
        pass
    with z as w:  # type: str
        pass
    v = []  # type: List[int]
    u = 1  # type: ignore[excuse]
"""
tree = ast.parse(source, type_comments=True)
f = tree.body[0]
print([a.type_comment for a in f.args.args], f.args.vararg.type_comment, f.type_comment)
print([s.type_comment for s in f.body])
print(ast.dump(tree.type_ignores[0]))
print(ast.parse(source).body[0].type_comment)
print(ast.dump(ast.parse("(int, *str, **Any) -> float", mode="func_type")))

for bad in "pass  # type: int", "x = 1 +  # type: int\n1", "if x:  # type: int\n  pass":
    try:
        ast.parse(bad, type_comments=True)
    except SyntaxError as e:
        print(e.msg, e.lineno)

for text, minor in [
    ("x: int = 1", 5),
    ("(x := 1)", 7),
    ("def f(a, /): pass", 7),
    ("match x:\n case 1: pass", 9),
    ("try: pass\nexcept* E: pass", 10),
    ("type X = int", 11),
    ("def f[T](): pass", 11),
    ("class C[T = int]: pass", 12),
    ("t'{x}'", 13),
    ("try: pass\nexcept A, B: pass", 13),
    ("async def f(): pass", 4),
    ("a @ b", 4),
    ("1_000", 5),
]:
    try:
        ast.parse(text, feature_version=(3, minor))
    except SyntaxError as e:
        print(e.msg)
    ast.parse(text, feature_version=(3, minor + 1))
