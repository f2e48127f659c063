# def, return, default values, recursion
def add(a, b=10):
    return a + b
def nothing():
    pass
def early(x):
    if x:
        return
    return "late"
def fact(n):
    return 1 if n < 2 else n * fact(n - 1)
print(add(1), add(1, 2), add(b=3, a=4))
print(nothing(), early(1), early(0))
print(fact(5), fact(25))
print(add.__name__, add.__defaults__)
