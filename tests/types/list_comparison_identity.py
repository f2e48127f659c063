# containers compare by identity first
nan = float("nan")
print([nan] == [nan], [nan] == [float("nan")], nan in [nan], [nan].index(nan), [nan].count(nan), (nan,) == (nan,), {1: nan} == {1: nan})
class Loud:
    def __init__(self, n): self.n = n
    def __eq__(self, o):
        print("eq", self.n, getattr(o, "n", o))
        return self.n == getattr(o, "n", o)
    def __lt__(self, o): print("lt"); return self.n < o.n
a, b = Loud(1), Loud(2)
print([a, b] == [a, Loud(2)])
print([a] == [a, b])
print(a in [b, a])
print([a, b] < [Loud(1), Loud(3)])
print([b].count(2), (a, b).index(b))
