# uncaught: print without parentheses
x = 5
print "hello", x
