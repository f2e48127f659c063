# finally runs on every way out, and may override it
def a():
    try:
        return "try"
    finally:
        print("cleanup a")
def b():
    for i in range(3):
        try:
            if i == 1:
                break
            continue
        finally:
            print("cleanup", i)
    return "b"
def c():
    try:
        raise ValueError
    finally:
        print("cleanup c")
print(a())
print(b())
try:
    c()
except ValueError:
    print("propagated")
def d():
    x = 1
    try:
        return x
    finally:
        x = 2
print(d())
