# uncaught: assignment to a call
values = [1, 2]
len(values) = 3
