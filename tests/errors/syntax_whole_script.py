# uncaught: a syntax error in the script
x = 1
print("never runs")
if x = 2:
    pass
