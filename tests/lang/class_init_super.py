# __init__ chaining
class Base:
    def __init__(self, name):
        self.name = name
        self.log = ["base"]
class Child(Base):
    def __init__(self, name, age):
        super().__init__(name)
        self.age = age
        self.log.append("child")
c = Child("ann", 5)
print(c.name, c.age, c.log)
try:
    Child("x")
except TypeError as e:
    print(e)
try:
    Base()
except TypeError as e:
    print(e)
