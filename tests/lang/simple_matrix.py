# nested lists
m = [[i * 3 + j for j in range(3)] for i in range(3)]
for row in m:
    print(row)
t = [[row[i] for row in m] for i in range(3)]
print(t)
total = 0
for i in range(3):
    for j in range(3):
        if i == j:
            total += m[i][j]
print(total)
m[1][1] = "center"
print(m)
g = [[0] * 3] * 2
g[0][0] = 1
print(g)
