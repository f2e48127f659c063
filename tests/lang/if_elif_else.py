# branches of the if statement
def sign(n):
    if n < 0:
        return "negative"
    elif n == 0:
        return "zero"
    elif n < 10:
        return "small"
    else:
        return "large"
for n in (-5, 0, 5, 50):
    print(n, sign(n))
if []:
    print("no")
if [0]:
    print("yes")
