# uncaught: error in __init__ and super
class A:
    def __init__(self, n):
        self.inverse = 1 / n
class B(A):
    def __init__(self, n):
        super().__init__(n - 1)
B(2)
B(1)
