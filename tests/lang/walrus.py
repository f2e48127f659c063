# assignment expressions
if (n := 10) > 5:
    print("big", n)
data = [1, 2, 3, 4]
print([y for x in data if (y := x * 2) > 4], y)
it = iter("abc")
while (c := next(it, None)) is not None:
    print(c)
print((a := 1, b := 2), a, b)
def f(x):
    return x
print(f(z := 3), z, f(x=(w := 4)), w)
print(any((hit := v) > 2 for v in data), hit)
