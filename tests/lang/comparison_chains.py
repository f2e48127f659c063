# chained comparisons evaluate the middle operand once
def mid():
    print("mid")
    return 5
print(1 < mid() < 10)
print(1 < mid() < 3)
print(10 < mid() < 3)
print(1 == 1 != 2 < 3)
print(1 < 2 > 1 >= 1 <= 1)
x = [1]
print(x is x is not None)
print(1 in [1, 2] in [[1, 2]])
