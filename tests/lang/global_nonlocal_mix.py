# global and nonlocal in nested scopes
x = "module"
def f():
    x = "f"
    def g():
        global x
        x = "changed by g"
        def h():
            return x
        return h()
    def k():
        nonlocal x
        x = "changed by k"
    print(g(), x)
    k()
    return x
print(f(), x)
def comp():
    global made
    [made := i for i in range(3)]
comp()
print(made)
def cls():
    y = 1
    class C:
        y = y if False else 2
        def get(self): return y
    return C().get(), C.y
print(cls())
global_in_if = 0
def cond(c):
    global late
    if c: late = "set"
cond(1)
print(late)
class G:
    global from_class
    from_class = 1
    def m(self):
        global from_method
        from_method = 2
G().m()
print(from_class, from_method)
