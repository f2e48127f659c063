# augmented assignment to subscripts and attributes evaluates the target once
class C:
    n = 1
def pick(x):
    print("pick")
    return x
lst = [1, 2, 3]
pick(lst)[1] += 10
print(lst)
c = C()
pick(c).n += 5
print(c.n, C.n)
d = {"a": [1]}
d["a"] += [2]
d["a"] *= 2
print(d)
def idx():
    print("idx")
    return 0
lst[idx()] **= 2
print(lst)
