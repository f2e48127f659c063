# metaclass hooks, in order
class Meta(type):
    @classmethod
    def __prepare__(mcls, name, bases, **kw):
        print("prepare", name, [b.__name__ for b in bases], kw)
        return {"injected": 1}
    def __new__(mcls, name, bases, ns, **kw):
        print("new", name, sorted(k for k in ns if not k.startswith("__")))
        return super().__new__(mcls, name, bases, ns)
    def __init__(cls, name, bases, ns, **kw):
        print("init", name, kw)
        super().__init__(name, bases, ns)
    def shout(cls):
        return cls.__name__.upper()
class A(metaclass=Meta, flag=True):
    x = 2
class B(A):
    pass
print(A.injected, A.x, B.shout(), type(B).__name__)
try:
    A().shout()
except AttributeError as e:
    print(e)
