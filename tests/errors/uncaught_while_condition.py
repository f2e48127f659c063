# uncaught: error in a condition
n = 3
while 10 % n < 5:
    n -= 1
