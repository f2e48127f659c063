# local names hide global ones
x = 1
def f(x):
    x += 1
    return x
def g():
    x = "local"
    return x
def h():
    return x
print(f(10), g(), h(), x)
list_ = [1]
def mutate(l):
    l.append(2)
    l = [99]
    return l
print(mutate(list_), list_)
def len(x): return "my len"
print(len("abc"))
del len
print(len("abc"))
