# break and continue only leave the inner loop
for i in range(4):
    for j in range(4):
        if j == 2:
            break
        if i == 1:
            continue
        print(i, j)
    else:
        print("inner else")
total = 0
i = 0
while i < 5:
    i += 1
    for k in range(i):
        if k == 3:
            continue
        total += k
print(total)
