# the tree of built-in exceptions
import builtins
def show(c, depth=0):
    print("  " * depth + c.__name__)
    for s in sorted((s for s in c.__subclasses__() if s.__module__ == "builtins"), key=lambda s: s.__name__):
        show(s, depth + 1)
show(BaseException)
