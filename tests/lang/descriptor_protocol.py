# data descriptors beat the instance dict, non-data ones do not
class Data:
    def __get__(self, obj, cls): return "data get"
    def __set__(self, obj, v): print("data set", v)
    def __delete__(self, obj): print("data del")
class NonData:
    def __get__(self, obj, cls): return "nondata get"
class C:
    d = Data()
    n = NonData()
c = C()
c.__dict__.update(d="inst d", n="inst n")
print(c.d, c.n)
c.d = 5
del c.d
print(C.d, C.n)
del c.n
print(c.n)
class RO:
    def __get__(self, obj, cls): return "ro"
    def __set__(self, obj, v): raise AttributeError("read only")
class E: r = RO()
try:
    E().r = 1
except AttributeError as e:
    print(e)
try:
    del E().r
except AttributeError as e:
    print(e)
