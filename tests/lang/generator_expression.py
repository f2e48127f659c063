# generator expressions are lazy
def f(x):
    print("f", x)
    return x
g = (f(x) for x in [1, 2, 3])
print("made")
print(next(g))
print(list(g))
print(sum(x * x for x in range(5)), max(len(w) for w in ["a", "bbb"]))
print(any(f(x) > 1 for x in range(5)))
it = iter([1, 2])
g = (x for x in it)
print(next(it), list(g))
