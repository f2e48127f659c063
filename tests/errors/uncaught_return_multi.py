# uncaught: a long return statement
def compute(a, b, c):
    return (a * b +
            b // c +
            a ** 2)
compute(1, 2, 0)
