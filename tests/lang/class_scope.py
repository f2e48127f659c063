# names in class bodies: no closure for methods, comprehension rules
x = "global"
class A:
    x = "class"
    y = [x for _ in range(1)]
    z = [i for i in x[:2]]
    def m(self): return x
    n = x
print(A.y, A.z, A().m(), A.n)
def f():
    v = "local"
    class B:
        w = v
        v2 = v
        def g(self): return v
    return B
B = f()
print(B.w, B().g())
class C:
    global gg
    gg = 5
print(gg, hasattr(C, "gg"))
class D:
    print(__qualname__, __module__)
    class E:
        print(__qualname__)
