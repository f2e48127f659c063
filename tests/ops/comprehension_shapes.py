# comprehension bodies of many shapes
print([x for x in range(5) if x if x != 3 if not x % 2], [y for x in [[1, 2], [3]] for y in x], [(x, y) for x in range(3) if x for y in range(x) if y != 1], [[y * x for y in range(3)] for x in range(3)])
print({x: {y: x * y for y in range(2)} for x in range(2)}, {(x, y) for x in "ab" for y in "a"} == {("a", "a"), ("b", "a")}, [*(x for x in "ab")], [lambda: x for x in range(2)][0](), [x if x else -1 for x in range(3)])
print([a + b for a, b in zip("ab", "cd")], [a for a, *_ in [(1, 2, 3)]], [i for i, _ in enumerate("ab")], [k for k in {"x": 1}], [f"{x}{y}" for x in "a" for y in "bc"], sum(x for x in range(10) if x % 3), [(lambda q: q * n)(2) for n in range(3)])
def f(n): return [[i, j] for i in range(n) for j in range(i, n) if i + j == n]
print(f(6))
def g():
    try: return [1 // x for x in (1, 0)]
    except ZeroDivisionError: return [x for x in "handled"]
print(g())
class C:
    items = [1, 2]
    doubled = [i * 2 for i in items]
    def m(self): return [self.k(i) for i in self.items]
    def k(self, i): return i + 100
print(C.doubled, C().m())
it = iter(range(10)); print([x + next(it) for x in it])
x = 5; print([x for x in range(x)], x, [x := x + 1 for _ in range(2)], x)
