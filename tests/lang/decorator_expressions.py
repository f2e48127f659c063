# any expression may be a decorator
class Reg:
    handlers = {}
    def on(self, name):
        def deco(f):
            self.handlers[name] = f
            return f
        return deco
r = Reg()
regs = [r]
@regs[0].on("x")
def hx(): return "x handled"
@(lambda f: f)
def plain(): return 1
@(d := r.on("y"))
def hy(): return "y handled"
print(r.handlers["x"](), plain(), r.handlers["y"](), callable(d))
class C:
    @property
    @staticmethod
    def odd(): return "odd"
    @classmethod
    @lambda f: f
    def c(cls): return cls.__name__
print(C.c(), callable(C.odd))
@type
def t(): pass
print(t)
def cls_deco(*names):
    def w(c):
        for n in names: setattr(c, n, n.upper())
        return c
    return w
@cls_deco("a", "b")
class D: pass
print(D.a, D.b)
try:
    @None
    def f(): pass
except TypeError as e: print(e)
