# uncaught: carets under a subscript
data = {"outer": {"list": [1, 2, 3]}}
print(data["outer"]["list"][1])
print(data["outer"]["list"][10] + 1)
