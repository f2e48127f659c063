# while with complicated conditions
def f(limit):
    n, log = 0, []
    while (n := n + 1) < 10 and n != limit:
        if n % 2: continue
        log.append(n)
        if n == 6 and limit > 20: break
    else:
        log.append("else")
    return log, n
print(f(5), f(15), f(25))
x = [3, 2, 1]
while x: print(x.pop(), end=" ")
print()
while False: print("never")
else: print("at once")
i = 0
while True:
    while True:
        i += 1
        if i > 3: break
    else: print("not reached")
    break
print(i)
while not (i := i - 1) == 0: pass
print(i)
