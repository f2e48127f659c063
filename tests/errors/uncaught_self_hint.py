# uncaught: a hint for a missing self
class C:
    def __init__(self):
        self.blech = 1
    def m(self):
        return blech
C().m()
