# attribute sites that see many classes, and what changes under them
import sys

classes = []
for n in range(40):
    ns = {"kind": n, "area": lambda self, n=n: (n, self.w)}
    if n % 5 == 1:
        ns["__slots__"] = ("w",)
    if n % 5 == 2:
        ns["w"] = property(lambda self: "prop", lambda self, v: None)
    if n % 5 == 3:
        ns["__getattr__"] = lambda self, name: "missing " + name
    classes.append(type(f"C{n}", (), ns))

objs = []
for c in classes:
    o = c()
    if c.kind % 5 == 4:
        o.__dict__["other"] = 1
    o.w = c.kind * 10
    objs.append(o)

def look(o):
    return o.w, o.kind, o.area()

for _ in range(3):
    print([look(o) for o in objs])

# the class changes after the site knows it
for c in classes[::3]:
    c.kind = "changed"
    c.area = lambda self: "replaced"
print([look(o) for o in objs])
for c in classes[::4]:
    del c.area
def area(o):
    try:
        return o.area()
    except (AttributeError, TypeError) as e:
        return str(e)
print([area(o) for o in objs])

# an instance attribute hides the method, and goes again
o = objs[5]
o.area = lambda: "own"
print(area(o), area(objs[10]), area(o))
del o.area
print(area(o))

# more attributes than a class has places for
class Grow:
    pass
made = []
for n in range(40):
    g = Grow()
    for i in range(n):
        setattr(g, f"a{i}", i)
    made.append(g)
def total(g, n):
    return sum(getattr(g, f"a{i}") for i in range(n)), list(g.__dict__)[:3], len(vars(g))
print([total(g, n)[0::2] for n, g in enumerate(made)])
def first(g):
    return g.a0 + g.a1 + g.a2
print([first(g) for g in made[3:]], [first(g) for g in reversed(made[3:])])

# stores through temporaries, to slots, to dictionaries
class Node:
    __slots__ = ("next", "value")
class Holder:
    def __init__(self):
        self.node = Node()
        self.items = [0, 0, 0]
h = Holder()
class Loud:
    def __init__(self, name): self.name = name
    def __del__(self): print("del", self.name)
for i in range(30):
    h.node.value = i
    h.node.next = h.node
    h.items[i % 3] = i
    h.items[-1] += 1
print(h.node.value, h.items, h.node.next is h.node)
h.node.value = Loud("a")
h.node.value = Loud("b")
h.items[0] = Loud("c")
h.items[0] = None
h.node.value = None
try:
    h.node.nothing = 1
except AttributeError as e:
    print(e)

# classes and modules as receivers
class Base:
    level = 1
    @staticmethod
    def stat(x): return ("stat", x)
    @classmethod
    def make(cls, x): return (cls.__name__, x)
    def plain(self, x=5): return ("plain", type(self).__name__, x)
class Derived(Base):
    level = 2
def ask(c):
    return c.level, c.stat(1), c.make(2), c.plain(c(), 3)
for i in range(25):
    r = ask(Base), ask(Derived)
print(r)
Base.level = 10
Base.make = classmethod(lambda cls, x: ("new", cls.__name__, x))
Derived.stat = staticmethod(lambda x: ("derived", x))
print(ask(Base), ask(Derived))

import math
def root(x): return math.sqrt(x), math.pi > 3
for i in range(20): r = root(16)
print(r)
saved = math.sqrt
math.sqrt = lambda x: "patched"
print(root(16))
math.sqrt = saved
print(root(25))

# properties: errors inside, recursion, deletion
class P:
    def __init__(self, v): self.v = v
    @property
    def double(self):
        if self.v is None:
            raise ValueError("no value")
        return self.v * 2
    @property
    def deep(self): return self.deep
def use(p): return [p.double + i for i in range(3)]
for i in range(20): r = use(P(i))
print(r)
try:
    use(P(None))
except ValueError as e:
    tb = e.__traceback__
    names = []
    while tb:
        names.append((tb.tb_frame.f_code.co_name, tb.tb_lineno))
        tb = tb.tb_next
    print(names)
try:
    P(1).deep
except RecursionError as e:
    print("RecursionError")
def gen(ps):
    for p in ps:
        yield p.double
print(list(gen([P(1), P(2)])))
