# uncaught: carets in a chain of calls
class B:
    def add(self, x): return self
    def fail(self): return None
b = B()
b.add(1).add(2).fail().add(3).add(4)
