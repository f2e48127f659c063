# uncaught: alternating frames are not folded
def a(n):
    if n == 0:
        raise ValueError("end")
    b(n)
def b(n):
    a(n - 1)
a(3)
