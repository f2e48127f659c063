# uncaught: StopIteration from next
next(iter([1, 2][5:]))
