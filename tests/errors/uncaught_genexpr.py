# uncaught: a traceback through a generator expression
print(sum(1 / x for x in (1, 0)))
