# uncaught: unterminated string
x = "abc
y = 1
