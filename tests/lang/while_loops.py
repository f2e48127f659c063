# while with break, continue and else
n = 0
while n < 3:
    print(n)
    n += 1
else:
    print("exhausted")
while True:
    n += 1
    if n % 2:
        continue
    if n > 8:
        break
    print("even", n)
else:
    print("never")
print(n)
