# uncaught: the compiler warns of likely slips
x = 5
if x is 5:
    print("is")
assert (x, "always true")
s = "\d"
f = [1, 2](0) if False else 0
