# uncaught: carets of unpacking and of for targets
for a, b in [(1, 2), (3,)]:
    print(a, b)
