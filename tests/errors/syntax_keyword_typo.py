# uncaught: a mistyped keyword gets a hint
fro i in range(3):
    print(i)
