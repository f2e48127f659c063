# One call site that sees built-in classes, their subclasses and methods.
class Sub(enumerate):
    pass


class A:
    enum = enumerate

    def test(self):
        return list(self.enum("ab"))


class S(A):
    enum = Sub


class E(A):
    pass


class M(A):
    def enum(self, it, start=11):
        return enumerate(it, start)


class P(A):
    enum = staticmethod(enumerate)


import itertools
import types

source = A.test
for order in itertools.permutations((A, S, E, M, P), 4):
    A.test = types.FunctionType(source.__code__.replace(), globals())
    for cls in order * 2:
        want = 11 if cls is M else 0
        assert cls().test() == [(want, "a"), (want + 1, "b")], (order, cls)
print("done")
