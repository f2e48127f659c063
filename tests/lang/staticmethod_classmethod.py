# staticmethod and classmethod
class C:
    made = 0
    @staticmethod
    def add(a, b):
        return a + b
    @classmethod
    def make(cls, *args):
        cls.made += 1
        return cls.__name__, args
class D(C):
    pass
print(C.add(1, 2), C().add(3, 4))
print(C.make(1), D.make(2), D().make())
print(C.made, D.made)
print(C.__dict__["add"].__func__(5, 6))
print(type(C.__dict__["make"]).__name__)
