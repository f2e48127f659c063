# errors found after parsing: scopes, targets, placement
for src in ("x + 1 = 2", "f() = 1", "(a, 1) = x", "[a, f()] = x", "None = 1", "x = True = 2", "a, *b, *c = x", "*a = x", "*a, = x", "a + b += 1", "(a, b) += 1", "for f() in x: pass", "for 1 in x: pass", "with a as f(): pass", "with a as 1: pass",
            "x: int = yield", "(x): int = 1", "(a, b): int", "a: int, b: str", "def f():\n global x\n x = 1\n nonlocal x", "def f(x):\n nonlocal x", "def f():\n x = 1\n def g():\n  nonlocal y", "class C:\n return 1", "class C:\n yield 1",
            "def f():\n yield\n return 1\nawait f()", "async def f():\n yield 1\n return 2", "async def f():\n yield from x", "def f():\n async for x in y: pass", "def f():\n await x", "def f():\n [await x for x in y]", "if 1:\n break", "for x in y:\n def f():\n  break", "try:\n pass\nexcept* V:\n break", "while 1:\n try: pass\n except* V: continue",
            "from __future__ import nope", "x = 1\nfrom __future__ import annotations", "from __future__ import braces", "import a.b as c.d", "from a import *\ndef f():\n from b import *", "def f():\n import *", "try: pass\nexcept: pass\nexcept V: pass", "try: pass\nexcept V: pass\nexcept* W: pass",
            "def f[T, T](): pass", "type x[T = int, U] = 1", "[(x := i) for x in y]", "[i := 0 for i in y]", "[x for x in (y := z)]", "class C:\n [(z := i) for i in y]", "match x:\n case a: pass\n case b: pass", "match x:\n case a | b: pass", "match x:\n case {**a, 'k': 1}: pass", "match x:\n case [a, a]: pass", "match x:\n case C(a=1, a=2): pass", "match x:\n case {1: a, 1: b}: pass"):
    try:
        compile(src, "<s>", "exec")
        print(repr(src), "compiles")
    except SyntaxError as e:
        print(repr(src), "->", e.msg, e.lineno, e.offset)
