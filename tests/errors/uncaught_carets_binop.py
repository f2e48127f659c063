# uncaught: carets under the failing part of an expression
a = {"x": {"y": None}}
b = 1
result = (b + 2) * (a["x"]["y"] + 5) - len("abc")
