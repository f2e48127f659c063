# break through try/finally inside loops
def f():
    for i in range(3):
        try:
            for j in range(3):
                try:
                    if j == 1: break
                    if i == 1: raise KeyError(i)
                finally:
                    print("f", i, j)
            else:
                print("no break")
        except KeyError:
            print("key")
            continue
        finally:
            print("outer", i)
    else:
        print("for else")
f()
def g():
    while True:
        try:
            try:
                return 1
            finally:
                print("a")
        finally:
            print("b")
print(g())
