# which handler is chosen
class A(Exception): pass
class B(A): pass
class M(type):
    def __instancecheck__(cls, o): print("instancecheck"); return True
    def __subclasscheck__(cls, o): print("subclasscheck"); return True
class V(Exception, metaclass=M): pass
def f(exc, *handlers):
    for h in handlers:
        try:
            try:
                raise exc
            except h as e:
                print("caught by", getattr(h, "__name__", h))
                return
        except Exception:
            pass
    print("none")
f(B(), ValueError, A)
f(A(), B, (ValueError, (B,)) if False else (ValueError, B), Exception)
f(KeyError(), V, LookupError)
def handlers():
    print("evaluated")
    return ValueError
try:
    pass
except handlers():
    pass
try:
    raise KeyError
except (handlers(), KeyError):
    print("tuple")
try:
    raise ValueError
except ValueError if False else KeyError:
    pass
except Exception as e:
    print("fell to", type(e).__name__)
