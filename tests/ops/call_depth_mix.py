# Python and native calls stacked on each other
class K:
    def __init__(self, v): self.v = v
    def __lt__(self, o): return sorted([self.v, o.v])[0] == self.v and self.v != o.v
    def __repr__(self): return "".join(map(str, [self.v]))
    def __hash__(self): return hash(str(self.v))
    def __eq__(self, o): return repr(self) == repr(o)
ks = [K(i * 7 % 10) for i in range(10)]
print(sorted(ks), max(ks), K(3) in ks, len({K(1), K(1), K(2)}), sorted(ks, key=lambda k: -k.v)[:3])
def rec(n): return n if n == 0 else max(map(rec, [n - 1])) + 1
print(rec(50))
def via_sorted(n): return 0 if n == 0 else sorted([0], key=lambda x: via_sorted(n - 1))[0] + 1 if False else (n if n == 0 else min([n], key=lambda x: via_sorted(n - 1)))
print(via_sorted(30))
def gen(n):
    if n: yield from map(lambda x: x + 1, gen(n - 1))
    yield 0
print(list(gen(10)))
import functools
print(functools.reduce(lambda a, b: a + [functools.reduce(lambda x, y: x * y, range(1, b + 1), 1)], range(6), []))
class Call:
    def __call__(self, n): return n if n < 1 else self(n - 1)
print(Call()(100))
class G:
    def __getattr__(self, n): return int(n[1:]) if n == "a0" else getattr(self, f"a{int(n[1:]) - 1}")
print(G().a50)
try: rec(100000)
except RecursionError: print("RecursionError")
