# uncaught: caret in a conditional expression
flag = True
value = None
result = value.upper() if flag else value.lower()
