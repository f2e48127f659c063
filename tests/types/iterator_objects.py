# iterator types: names, exhaustion, length hints
its = [iter([1]), iter((1,)), iter("a"), iter("é"), iter({1: 2}), iter({1}), iter(range(1)), iter(b"a"), iter(bytearray(b"a")), reversed([1]), reversed({1: 2}), reversed(range(1)), reversed((1,)), iter(memoryview(b"a")), zip([1]), map(abs, [1]), filter(None, [1]), enumerate([1]), iter(int, 0), (x for x in [1])]
for i in its:
    print(type(i).__name__, iter(i) is i, end=" ")
    list(i)
    print(next(i, "end"))
import operator
print([operator.length_hint(x, -1) for x in (iter([1, 2]), iter((1,)), iter("abc"), iter(range(5)), reversed([1, 2]), iter({1, 2}), zip([1]), map(abs, [1]))])
l = [1, 2]; i = iter(l); next(i); l.append(3); print(list(i)); l.append(4); print(list(i))
try: next(5)
except TypeError as e: print(e)
try: next(iter([]))
except StopIteration as e: print(repr(e))
