# raise, except, finally with values on the stack
def f(x):
    return 10 // x
def g(x):
    try:
        return [1, f(x), 3]
    except ZeroDivisionError:
        return "zero"
    finally:
        done.append(x)
done = []
print(g(5), g(0), done)
print([g(i) for i in (1, 0, 2)], done)
def deep(n):
    if n == 0: raise ValueError("deep")
    return 1 + deep(n - 1)
try:
    print(1, deep(20))
except ValueError as e:
    print("caught", e)
for i in range(3):
    try:
        if i == 1: raise KeyError(i)
    except KeyError as k: print("key", k)
    else: print("else", i)
