# uncaught: carets in nested comprehension
rows = [[1, 2], [3, "x"]]
print([[cell * 2 - 1 for cell in row] for row in rows])
