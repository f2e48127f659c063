# __eq__ and __hash__ work together
class A:
    def __init__(self, k): self.k = k
    def __eq__(self, o): return self.k == o.k if isinstance(o, A) else NotImplemented
    def __hash__(self): return hash(self.k)
print(A(1) == A(1), A(1) != A(1), A(1) == 1, len({A(1), A(1), A(2)}), {A("x"): 5}[A("x")])
class B:
    def __eq__(self, o): return True
print(B.__hash__)
try:
    {B()}
except TypeError as e:
    print(e)
try:
    hash([])
except TypeError as e:
    print(e)
class C: pass
c = C()
print(c == c, c == C(), hash(c) == hash(c), c in [C(), c])
nan = float("nan")
print(nan == nan, nan in [nan], [nan] == [nan])
