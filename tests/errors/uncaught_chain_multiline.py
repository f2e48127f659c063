# uncaught: a chain of calls over several lines
class B:
    def a(self): return self
    def b(self): raise ValueError("in b")
(B()
    .a()
    .b()
    .a())
