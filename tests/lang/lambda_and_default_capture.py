# late and early binding
fs = []
for i in range(3): fs.append(lambda x, i=i: x + i)
print([f(10) for f in fs])
gs = [lambda: j for j in range(3)]
print([g() for g in gs])
hs = list(map(lambda k: lambda: k, range(3)))
print([h() for h in hs])
def make(): return {n: (lambda *a: (n, a)) for n in "ab"}
print(make()["a"](1), make()["b"]())
acc = []
for n in range(2):
    def f(): return n
    acc.append(f)
n = 99
print([f() for f in acc])
gen = [(lambda: v)() for v in range(3)]
print(gen, (lambda: (yield 1))().__next__(), (lambda x: lambda y: lambda z: x + y + z)(1)(2)(3))
print(sorted([3, 1, 2], key=lambda v: -v), (lambda *, a=1, **k: (a, k))(b=2), (lambda: [lambda: 1])()[0]())
