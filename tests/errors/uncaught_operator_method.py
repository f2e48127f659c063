# uncaught: error inside operator methods
class V:
    def __add__(self, o):
        return self.combine(o)
    def combine(self, o):
        raise TypeError("cannot combine")
print(1 + 2 * (V() + 3))
