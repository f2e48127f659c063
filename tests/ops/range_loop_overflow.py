# range loops at the edges of machine ints
for i in range(2**63 - 2, 2**63 + 2): print(i, end=" ")
print()
for i in range(-2**63 + 1, -2**63 - 2, -1): print(i, end=" ")
print()
for i in range(2**62 - 2, 2**62 + 1): print(i, end=" ")
print()
for i in range(0, 2**64, 2**62): print(i, end=" ")
print()
n = 2**61 - 3
for _ in range(6):
    n += 1
    print(n, end=" ")
print()
i = -2**62 + 1
while i > -2**62 - 2:
    i -= 1
    print(i, end=" ")
print()
for i in range(5):
    i *= 10
    print(i, end=" ")
print(len(range(2**62, 2**62 + 9, 4)))
