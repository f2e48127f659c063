# / // % ** under changing types
def div(a, b): return a / b
def fdiv(a, b): return a // b
def mod(a, b): return a % b
def power(a, b): return a ** b
pairs = ((7, 2), (-7, 2), (7, -2), (6, 3), (2**70, 3), (3, 2**70), (-2**63, -1), (7.5, 2), (7, 2.5), (1, 3), (10**400, 10**399), (True, 2))
for a, b in pairs:
    print(div(a, b), fdiv(a, b), mod(a, b))
for a, b in ((2, 10), (2, 62), (2, 63), (2, 64), (-2, 63), (-3, 3), (0, 0), (2, -1), (2.0, 3), (2, 0.5), (10, 20), (1, 10**10), (-1, 10**9 + 1)):
    print(power(a, b), end=" ")
print()
for f in (div, fdiv, mod):
    for a, b in ((1, 0), (1.5, 0), (0, 0.0), (2**70, 0)):
        try:
            f(a, b)
        except ZeroDivisionError as e:
            print(f.__name__, e)
try:
    div(10**400, 1)
except OverflowError as e:
    print(e)
