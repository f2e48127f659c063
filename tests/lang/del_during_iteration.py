# changing containers while iterating
d = {1: 1, 2: 2}
try:
    for k in d: d[k + 10] = 0
except RuntimeError as e:
    print(e)
try:
    for k in list(d): del d[k]
    print(d)
except RuntimeError as e:
    print(e)
s = {1, 2, 3}
try:
    for x in s: s.add(x + 100)
except RuntimeError as e:
    print(e)
l = [1, 2, 3, 4]
for x in l:
    if x % 2 == 0: l.remove(x)
print(l)
l = [1, 2, 3]
for x in l:
    if len(l) < 6: l.append(x * 10)
print(l)
d = {1: 1, 2: 2}
it = iter(d)
next(it)
d[1] = 5
print(next(it), d)
