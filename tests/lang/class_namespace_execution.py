# a class body is executed code
log = []
class A:
    log.append("start")
    for i in range(3):
        exec(f"attr{i} = {i}")
    def helper(n): return n * 10
    computed = helper(4)
    del helper
    if computed > 30:
        big = True
    else:
        small = True
    log.append(sorted(k for k in locals() if not k.startswith("__")))
    with open(__file__) as f: first = f.readline().strip()
    try: undefined
    except NameError as e: err = str(e)
    import math
    pi = math.floor(math.pi)
    while computed > 38: computed -= 1
    lst = [x for x in range(computed - 35)]
    gen = list(y for y in lst)
    (a, b), *c = (1, 2), 3, 4
    @staticmethod
    def st(): return "st"
    called = st()
print(log, A.attr2, A.computed, hasattr(A, "helper"), A.big, A.first, A.err, A.pi, A.lst, A.gen, A.a, A.c, A.called, hasattr(A, "e"))
try:
    class B:
        x = 1
        raise ValueError("in class body")
except ValueError as e: print(e, "B" in globals())
def f():
    class Local:
        print("in", __qualname__)
        v = [1]
    return Local
print(f() is f(), f().v is f().v)
