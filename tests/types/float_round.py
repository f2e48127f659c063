# round halves to even, with digits
for x in (0.5, 1.5, 2.5, -0.5, -1.5, 2.675, 1.005, 1e20, -2.5, 0.1):
    print(x, round(x), round(x, 1), round(x, 2), round(x, 0), round(x, -1))
print(round(12345, -2), round(15, -1), round(25, -1), round(-15, -1), round(5, 10), round(10**30 + 5, -1))
print(round(1.5, None), type(round(1.5)).__name__, type(round(1.5, 0)).__name__)
for x in (float("nan"), float("inf")):
    try:
        round(x)
    except (ValueError, OverflowError) as e:
        print(type(e).__name__, e)
print(round(float("inf"), 2), round(1.1, 400), round(1.1, -400))
try:
    round("x")
except TypeError as e:
    print(e)
try:
    round(1.5, "x")
except TypeError as e:
    print(e)
