# comparisons deciding branches, with ints, floats and strings
def cmp(a, b):
    out = ""
    if a < b: out += "<"
    if a <= b: out += "l"
    if a == b: out += "="
    if a != b: out += "!"
    if a >= b: out += "g"
    if a > b: out += ">"
    return out
for a, b in ((1, 2), (2, 2), (3, 2), (1.5, 2), (2.0, 2), ("a", "b"), ("b", "b"), (-1, 0.0), (10**20, 10**20), ([1], [1])):
    print(a, b, cmp(a, b))
x = 5
print(0 < x < 10, 0 < x < 5, x in (1, 5), x not in [5], x is None, not x)
while x and not x == 2: x -= 1
print(x)
