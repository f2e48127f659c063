# what dies, and when, if a call does not fit
class Loud:
    def __init__(self, n): self.n = n
    def __del__(self): print("del", self.n)
def plain(a, b): return (a, b)
def p3(a, b, c, *, k): return (a, b)
for f in (lambda: plain(Loud(5), Loud(6), Loud(7)), lambda: plain(Loud(5), Loud(6), Loud(7), Loud(8)), lambda: plain(Loud(1), z=Loud(2)), lambda: p3(Loud(1),Loud(2)),lambda: p3(Loud(1),Loud(2),Loud(3)), lambda: p3(Loud(1),Loud(2),Loud(3),z=Loud(4)), lambda: p3(Loud(1),Loud(2),Loud(3),Loud(5),k=Loud(4)), lambda: plain(Loud(1), Loud(2), a=Loud(3)), lambda: plain(Loud(1), y=Loud(4), z=Loud(2), b=Loud(3))):
    try: f()
    except TypeError as e: print(e)
