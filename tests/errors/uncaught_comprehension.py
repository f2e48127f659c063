# uncaught: a traceback through comprehension and lambda
f = lambda x: 10 // x
print([f(i) for i in (1, 2, 0)])
