# big sets: operators and iteration
# skip: gc-zeal
a = set(range(0, 5000, 2)); b = set(range(0, 5000, 3))
print(len(a & b), len(a | b), len(a - b), len(a ^ b), a <= a | b, sum(a & b), sorted(a)[:3], max(b))
for i in range(0, 5000, 4): a.discard(i)
print(len(a), 2 in a, 4 in a); a |= b; a -= set(range(100)); a &= set(range(1000)); print(len(a), min(a))
s = {str(i) for i in range(1000)}; print(len(s), "999" in s, "1000" in s, len(s & {"1", "2", "x"}))
n = 0
while s: s.pop(); n += 1
print(n, s); f = frozenset(range(100)); print(len({f, frozenset(range(100))}), hash(f) == hash(frozenset(reversed(range(100)))))
x = set(); 
for i in range(3000): x.add(i); x.discard(i - 5)
print(sorted(x))
