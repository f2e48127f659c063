# __str__ __repr__ __format__ __bytes__ __bool__ __len__ __index__
class A:
    def __repr__(self): return "repr A"
class B(A):
    def __str__(self): return "str B"
    def __format__(self, spec): return f"fmt<{spec}>"
    def __bytes__(self): return b"bytes B"
print(A(), str(A()), [A()], f"{A()}", "%s %r" % (B(), B()))
print(B(), [B()], f"{B()} {B():x} {B()!r:>8} {B()!s}", format(B(), "q"), bytes(B()))
class C:
    def __len__(self): return 0
class D(C):
    def __bool__(self): return True
print(bool(C()), bool(D()))
class Bad:
    def __str__(self): return 5
    def __bool__(self): return 1
    def __len__(self): return -1
    def __index__(self): return "x"
    def __repr__(self): return None
for f in (str, bool, len, repr, hex):
    try:
        f(Bad())
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
try:
    format(A(), "x")
except TypeError as e:
    print(e)
