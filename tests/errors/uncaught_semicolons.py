# uncaught: several statements on a line
x = 1; y = x / 0; z = 3
