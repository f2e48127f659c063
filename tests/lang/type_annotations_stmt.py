# annotated assignment in all its forms
class C:
    a: int = 1
    b: "str"
    c: list[int] = []
    (d): int = 4
print(C.__annotations__ if "d" not in C.__annotations__ else "bad", C.a, C.d, hasattr(C, "b"))
c = C()
c.x: int = 5
l = [0]
l[0]: int = 7
print(c.x, l)
def f():
    z: int
    try: z
    except UnboundLocalError as e: print(e)
    w: undefined_name = 3
    return w
print(f())
v: int = 3
print(__annotations__ if False else v)
n: int if v else str = 2
print(n)
