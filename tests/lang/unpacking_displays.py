# * and ** in displays
a = [1, 2]
print([*a, 3, *a], (*a,), {*a, 5})
print([*"ab", *range(2), *{"k": 1}])
d = {"x": 1}
print({**d, "y": 2, **{"x": 3}})
print(*a, *"z")
print((*a, *a)[1:])
def f():
    return *a, 9
print(f())
x = *a, 0
print(x)
for i in *a, 7:
    print(i, end=" ")
print()
try:
    [*5]
except TypeError as e:
    print(e)
