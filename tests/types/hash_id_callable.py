# hash, callable, id
print(hash(5), hash(True), hash(0.0), hash(-0.0), hash(10**20), hash((1, 2)) == hash((1, 2)), hash(()) == hash(()), hash(None) == hash(None), hash("a") == hash("a"), hash(1j), hash(frozenset()) == hash(frozenset()))
print(callable(len), callable(int), callable(lambda: 0), callable(5), callable(type("C", (), {"__call__": 1})()), callable(type("C", (), {})()), callable([].append))
x = []; print(id(x) == id(x), id(x) != id([]))
class H:
    def __hash__(self): return -1
class B:
    def __hash__(self): return True
print(hash(H()), hash(B()), hash(2**61 - 2), hash(-(2**61 - 1)))
for v in ([], {}, set(), bytearray(), slice([], None), (1, []), type("N", (), {"__hash__": None})()):
    try: hash(v)
    except TypeError as e: print(e)
