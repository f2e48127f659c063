# uncaught: comparison of different types
items = [3, "a"]
if items[0] < items[1]:
    pass
