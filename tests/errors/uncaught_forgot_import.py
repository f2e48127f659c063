# uncaught: a hint to import a standard module
print(math.pi)
