# attribute load, store, delete on plain instances
class A: pass
a = A()
a.x = 1
a.y = a.x + 1
a.x, a.y = a.y, a.x
print(a.x, a.y)
del a.x
try:
    a.x
except AttributeError as e:
    print(e)
a.f = lambda: "called"
print(a.f())
a.self = a
print(a.self.self.self is a)
A.shared = 5
print(a.shared, A().shared)
a.shared = 6
print(a.shared, A.shared)
del a.shared
print(a.shared)
