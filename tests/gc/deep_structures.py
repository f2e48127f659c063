# destroying very deep structures does not overflow the stack
# skip: gc-zeal
x = None
for _ in range(200000):
    x = [x]
del x
print("lists")
x = ()
for _ in range(200000):
    x = (x,)
x = None
print("tuples")
x = {}
for _ in range(100000):
    x = {"k": x}
x = 0
print("dicts")
class N:
    __slots__ = ("next",)
head = None
for _ in range(100000):
    n = N(); n.next = head; head = n
del n
head = None
print("slots")
class O: pass
head = None
for _ in range(100000):
    n = O(); n.next = head; head = n
del n, head
print("instances")
g = iter(())
for _ in range(20000):
    g = (i for i in g)
del g
print("generators")
