# unary operators over types in one place
def u(x): return -x, +x, ~x, not x
for v in (0, 1, -1, 2**31, -2**31, 2**63 - 1, -2**63, 2**63, 2**200):
    print(u(v))
def f(x): return -x, +x, not x
print(f(0.0), f(-1.5), f(1j), f(True), f(float("inf")))
for x in ("a", None, [], 1.5):
    for op in (lambda: -x, lambda: +x, lambda: ~x):
        try: op()
        except TypeError as e: print(e)
import warnings; warnings.simplefilter("ignore")
print(~eval("True"), -False, +True, not not 5)
