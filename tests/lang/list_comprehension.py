# list comprehensions, filters and nesting
print([x * x for x in range(5)])
print([x for x in range(10) if x % 2 if x > 3])
print([(x, y) for x in range(3) for y in range(x)])
print([[j for j in range(i)] for i in range(4)])
x = "outer"
print([x for x in range(2)], x)
print([a + b for a, b in [(1, 2), (3, 4)]])
print([y := 5, y ** 2])
print(sum([i for i in range(100)]))
