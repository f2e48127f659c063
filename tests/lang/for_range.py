# for over range in all directions, with else
for i in range(3):
    print(i, end=" ")
print()
for i in range(2, 10, 3):
    print(i, end=" ")
print()
for i in range(5, 0, -2):
    print(i, end=" ")
else:
    print("done")
for i in range(0):
    print("never")
else:
    print("empty", i)
for i in range(10):
    if i == 4:
        break
else:
    print("never")
print(i)
