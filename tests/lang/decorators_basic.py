# decorators apply from the bottom up
def deco(tag):
    print("make", tag)
    def wrap(f):
        print("apply", tag, f.__name__)
        def inner(*a):
            return f"{tag}({f(*a)})"
        return inner
    return wrap
@deco("outer")
@deco("inner")
def f(x):
    return x
print(f(1))
def register(cls):
    cls.tagged = True
    return cls
@register
class C: pass
print(C.tagged)
@lambda f: 42
def g(): pass
print(g)
