# uncaught: error in % formatting
name = "x"
print("%s is %d years" % (name, "old"))
