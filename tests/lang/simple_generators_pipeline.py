# generators in a chain
def numbers(n):
    for i in range(n):
        yield i
def evens(it):
    for x in it:
        if x % 2 == 0:
            yield x
def squares(it):
    return (x * x for x in it)
print(list(squares(evens(numbers(10)))))
print(sum(squares(numbers(5))))
def take(n, it):
    for _ in range(n):
        try:
            yield next(it)
        except StopIteration:
            return
def fib():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b
print(list(take(10, fib())), list(take(5, iter([1, 2]))))
def windows(seq, n):
    for i in range(len(seq) - n + 1):
        yield seq[i:i + n]
print(list(windows("abcde", 3)))
def running(it):
    t = 0
    for x in it:
        t += x
        yield t
print(list(running([1, 2, 3, 4])), dict(enumerate(running([5, 5]))))
