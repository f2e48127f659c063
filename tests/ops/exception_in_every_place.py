# an exception in the middle of an expression leaves no trace
log = []
def e(x): log.append(x); return x
def boom(): raise ValueError("boom")
tries = [
    lambda: [e(1), boom(), e(2)], lambda: (e(1), boom()), lambda: {e(1): boom()}, lambda: {e(1), boom()}, lambda: e(1) + boom(), lambda: e(len)(boom()),
    lambda: f"{e(1)}{boom()}", lambda: [e(1)][boom()], lambda: e(print)(e(1), *boom()), lambda: e(dict)(a=boom()), lambda: e(dict)(**boom()), lambda: e(1) < boom() < e(2),
    lambda: [i for i in boom()], lambda: [boom() for i in e([1])], lambda: e([1, 2])[e(0):boom()], lambda: boom() if e(0) else boom(), lambda: e(0) or boom(), lambda: boom().x, lambda: sorted([2, 1], key=lambda k: boom()), lambda: [*e([1]), *boom()],
]
for t in tries:
    log.clear()
    try:
        t()
    except ValueError as x:
        print(len(log), end=" ")
print()
x = [0]
for stmt in ("x[boom()] = e(1)", "x.y = boom()", "del x[boom()]", "a, b = boom()", "x[0] += boom()", "for i in boom(): pass", "with boom(): pass", "assert boom()", "raise boom()", "def f(a=boom()): pass", "class C(boom()): pass", "import os; os.x = boom()", "return_ = boom()"):
    try:
        exec(stmt)
    except ValueError:
        print("ok", end=" ")
print(x)
