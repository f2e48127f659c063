# attribute reads see later changes of class and instance
class A:
    x = "class"
    def m(self): return "old"
a = A()
def read(o): return o.x
def call(o): return o.m()
for _ in range(50): read(a); call(a)
print(read(a), call(a))
a.x = "instance"
print(read(a))
del a.x
A.x = "changed"
print(read(a))
A.m = lambda self: "new"
print(call(a))
a.m = lambda: "on instance"
print(call(a))
class B(A): pass
b = B()
for _ in range(50): read(b)
B.x = "B"
print(read(b)); del B.x
print(read(b))
A.x = property(lambda self: "prop")
a.__dict__["x"] = "hidden"
print(read(a), read(b))
B.__bases__ = (type("Z", (), {"x": "Z"}), )
print(read(b))
b.__class__ = A
print(read(b))
A.__getattribute__ = lambda self, n: "intercepted " + n
print(read(a), a.anything)
