# uncaught: an exception at module level
print("before")
1 / 0
print("never")
