# uncaught: a curly quote
print(“hello”)
