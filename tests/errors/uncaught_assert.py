# uncaught: assertion errors
x = 3
assert x > 2, "fine"
assert x > 5, f"x is {x}"
