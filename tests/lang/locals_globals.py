# locals() and globals()
x = 1
print(globals()["x"], "x" in globals(), globals() is locals())
def f(a):
    b = 2
    l = locals()
    c = 3
    l["z"] = 1
    return sorted(l), sorted(locals())
print(f(0))
globals()["made"] = "dynamic"
print(made)
class C:
    y = 5
    loc = sorted(k for k in locals() if not k.startswith("__"))
print(C.loc)
def outer():
    v = 1
    def inner():
        return v, locals()
    return inner()
print(outer())
print([sorted(locals()) for q in [1]] if False else "skip")
