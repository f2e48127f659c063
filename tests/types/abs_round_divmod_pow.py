# the number built-ins and their protocols
class N:
    def __abs__(self): return "abs"
    def __round__(self, n="none"): return f"round {n}"
    def __divmod__(self, o): return f"divmod {o}"
    def __rdivmod__(self, o): return f"rdivmod {o}"
    def __pow__(self, o, m="none"): return f"pow {o} {m}"
    def __rpow__(self, o, m="none"): return f"rpow {o} {m}"
n = N()
print(abs(n), round(n), round(n, 2), round(n, None), divmod(n, 1), divmod(1, n), pow(n, 1), pow(n, 1, 2), pow(2, n), n ** 3, 3 ** n)
print(pow(2, 3, 5), pow(2, -1, 5), pow(base=2, exp=3, mod=7), pow(2.0, 3), pow(0, 0, 1), pow(-2, 3, 5), pow(3, 2**70, 7), divmod(7, -2), divmod(-7.5, 2), abs(-2**70), abs(3 + 4j), abs(True), round(-0.5), round(True))
try: pow(2, n, 5)
except TypeError as e: print(e)
for f in (lambda: abs("a"), lambda: divmod("a", 1), lambda: pow("a", 1), lambda: pow(2, 1.5, 3), lambda: pow(4, -1, 2), lambda: round([])):
    try: print(f())
    except (TypeError, ValueError) as e: print(type(e).__name__, e)
