# targets are assigned left to right, after the value
log = []
class L:
    def __setitem__(self, k, v): log.append(("item", k, v))
    def __setattr__(self, k, v): log.append(("attr", k, v))
l = L()
def v():
    log.append("value")
    return 5
def k(n):
    log.append(("key", n))
    return n
l[k(1)] = l.a = l[k(2)] = v()
print(log)
log.clear()
l[k("x")], l.b = v(), v()
print(log)
i = 0
a = [0, 0, 0]
i, a[i] = 2, "here"
print(i, a)
a[0], a[1], *a[2:] = "pqrs"
print(a)
