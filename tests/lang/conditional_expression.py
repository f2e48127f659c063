# x if c else y evaluates one arm only
def f(x):
    print("f", x)
    return x
print(f(1) if True else f(2))
print(f(1) if False else f(2))
n = 7
print("odd" if n % 2 else "even")
print("a" if 0 else "b" if 0 else "c")
print([x if x > 1 else -x for x in range(4)])
