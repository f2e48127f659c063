# property with getter, setter and deleter
class T:
    def __init__(self):
        self._c = 0
    @property
    def c(self):
        "temperature"
        print("get")
        return self._c
    @c.setter
    def c(self, v):
        print("set", v)
        self._c = v
    @c.deleter
    def c(self):
        print("del")
        self._c = None
    @property
    def ro(self):
        return "ro"
t = T()
t.c = 5
print(t.c)
t.c += 1
del t.c
print(t._c, T.c.__doc__)
try:
    t.ro = 1
except AttributeError as e:
    print(e)
try:
    del t.ro
except AttributeError as e:
    print(e)
