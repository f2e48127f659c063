# __set_name__ runs when the class is made, in order
class D:
    def __set_name__(self, owner, name):
        print("set_name", owner.__name__, name)
        self.name = name
    def __get__(self, obj, cls=None):
        return (self.name, obj is None)
class A:
    x = D()
    y = D()
print(A.x, A().y)
A.z = D.__new__(D)
A.__dict__["z"].name = "late"
print(A.z)
class Bad:
    def __set_name__(self, owner, name):
        raise ValueError("boom")
try:
    class B:
        q = Bad()
except ValueError as e:
    print(e, e.__notes__)
