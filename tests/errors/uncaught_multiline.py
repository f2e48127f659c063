# uncaught: an expression over several lines
values = [1, 2, 3]
total = (
    values[0]
    + values[1]
    + values[7]
    + values[2]
)
