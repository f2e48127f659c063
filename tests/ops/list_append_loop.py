# list building, append and pop in hot loops
out = []
for i in range(1000): out.append(i)
print(len(out), sum(out), out[-1])
while len(out) > 5: out.pop()
print(out)
app = out.append
for c in "abc": app(c)
print(out, [x for x in out if isinstance(x, str)])
m = []
for i in range(5):
    m.append([])
    for j in range(i): m[-1].append(i * j)
print(m)
st = [1]
for _ in range(20): st.append(st[-1] * 2) if len(st) < 15 else st.pop(0)
print(st)
l = [0] * 10
for i in range(10): l[i] = l[i - 1] + i
print(l); l[2], l[3] = l[3], l[2]; l[-1] += 100; print(l)
s = 0
for i in range(len(l)): s += l[i] if i % 2 else -l[i]
print(s)
