# __new__ and __init__
class Single:
    inst = None
    def __new__(cls, *a):
        print("new", a)
        if cls.inst is None:
            cls.inst = super().__new__(cls)
        return cls.inst
    def __init__(self, *a): print("init", a)
a = Single(1)
b = Single(2)
print(a is b)
class Odd:
    def __new__(cls): return "not an Odd"
    def __init__(self): print("never")
print(Odd())
class T(tuple):
    def __new__(cls, a, b): return super().__new__(cls, (a, b))
print(T(1, 2), type(T(1, 2)).__name__)
try:
    object.__new__(int)
except TypeError as e:
    print(e)
try:
    object(1)
except TypeError as e:
    print(e)
