# mutable defaults, caches and function attributes keep state
def f(x, cache={}):
    if x not in cache: cache[x] = x * 2; f.misses += 1
    return cache[x]
f.misses = 0
print(f(1), f(1), f(2), f.misses, f.__defaults__)
def g(a=[], *, b={}):
    a.append(len(a)); b[len(b)] = 1
    return a, b
g(); g(); print(g(), g([9]), g.__kwdefaults__)
class K:
    def m(self, seen=set()): seen.add(id(self) and len(seen)); return len(seen)
print(K().m(), K().m(), K.m.__defaults__)
counter = iter(range(100)).__next__
print(counter(), counter(), [counter() for _ in range(3)])
def once(fn):
    result = []
    def w(*a):
        if not result: result.append(fn(*a))
        return result[0]
    return w
@once
def init(v): print("running"); return v
print(init(1), init(2))
