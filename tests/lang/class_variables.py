# class attributes are shared until shadowed
class K:
    items = []
    n = 0
    def bump(self):
        self.n += 1
        K.n += 10
a, b = K(), K()
a.items.append(1)
print(b.items)
a.bump()
print(a.n, b.n, K.n)
del a.n
print(a.n)
K.late = "late"
print(b.late)
