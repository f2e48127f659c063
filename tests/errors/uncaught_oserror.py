# uncaught: a file that is not there
with open("no/such/file.txt") as f:
    pass
