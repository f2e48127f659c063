# class statement, instances, methods
class Point:
    dims = 2
    def __init__(self, x, y):
        self.x = x
        self.y = y
    def norm2(self):
        return self.x ** 2 + self.y ** 2
    def __repr__(self):
        return f"Point({self.x}, {self.y})"
p = Point(3, 4)
print(p, p.norm2(), p.dims, Point.dims)
p.x = 6
p.extra = "e"
print(p.norm2(), p.__dict__)
print(Point.norm2(p))
print(type(p) is Point, isinstance(p, Point), Point.__name__)
