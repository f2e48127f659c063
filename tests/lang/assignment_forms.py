# chained and tuple assignment
a = b = c = 5
print(a, b, c)
x, y = 1, 2
x, y = y, x
print(x, y)
(p, q), r = [1, 2], 3
print(p, q, r)
[m, n] = "ab"
print(m, n)
lst = [0, 0]
i, lst[i] = 1, 9
print(i, lst)
d = {}
d["k"], d["j"] = 1, 2
print(d)
a = a2 = []
print(a is a2)
