# uncaught: a syntax error inside an f-string
x = 1
y = f"value {x +} end"
