# plain calls: depth, results as arguments, many arguments
def one(x): return x + 1
def two(x, y): return x * y
def three(a, b, c): return a + b * c
print(one(one(one(0))), two(one(1), one(2)), three(one(0), two(2, 3), one(one(1))))
def none(): pass
print(none(), none() is None)
def chain(n): return n if n == 0 else chain(n - 1)
print(chain(200))
def ten(a, b, c, d, e, f, g, h, i, j): return (a, j, b, i)
print(ten(1, 2, 3, 4, 5, 6, 7, 8, 9, 10))
def ret_fn(): return one
print(ret_fn()(41), [one, abs][1](-3), (one if True else two)(1))
