# dict reads and writes in hot loops
d = {}
for i in range(500):
    k = i % 7
    d[k] = d.get(k, 0) + i
print(d)
c = {}
for ch in "mississippi":
    if ch in c: c[ch] += 1
    else: c[ch] = 1
print(c)
memo = {}
def fib(n):
    if n in memo: return memo[n]
    memo[n] = n if n < 2 else fib(n - 1) + fib(n - 2)
    return memo[n]
print(fib(90), len(memo))
g = {(x, y): x * y for x in range(4) for y in range(4)}
print(sum(g[k] for k in g), g[3, 3], max(g, key=g.get))
for k in list(g):
    if sum(k) % 2: del g[k]
print(sorted(g))
inv = {}
for k, v in g.items(): inv.setdefault(v, set()).add(k)
print({k: sorted(v) for k, v in sorted(inv.items())})
