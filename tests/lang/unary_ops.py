# unary operators and conversions through methods
class N:
    def __neg__(self): return "neg"
    def __pos__(self): return "pos"
    def __invert__(self): return "inv"
    def __abs__(self): return "abs"
    def __int__(self): return 7
    def __float__(self): return 7.5
    def __complex__(self): return 7j
    def __index__(self): return 3
    def __round__(self, n=None): return ("round", n)
    def __trunc__(self): return "trunc"
    def __floor__(self): return "floor"
    def __ceil__(self): return "ceil"
n = N()
print(-n, +n, ~n, abs(n), int(n), float(n), complex(n), [0, 1, 2, 3][n], hex(n))
import math
print(round(n), round(n, 2), math.trunc(n), math.floor(n), math.ceil(n))
print(range(10)[n], "abcdef"[n], [1] * n, "x" * n, bin(n))
for src in ("-'a'", "+[]", "~1.5", "abs('x')"):
    try:
        eval(src)
    except TypeError as e:
        print(e)
