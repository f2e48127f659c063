# + with operand types changing under the same instruction
def add(a, b):
    return a + b
print(add(1, 2), add(2**62, 2**62), add(-2**62, -2**62 - 1), add(1, 2.5), add(0.5, 0.25), add(1.5, 1), add("a", "b"), add([1], [2]), add((1,), ()), add(True, True), add(1j, 1), add(b"a", b"b"))
for _ in range(100): add(1, 2)
print(add("x", "y"), add(1.5, 2), add(2**63 - 1, 1), add(-2**63, -1))
class C:
    def __add__(self, o): return "C+"
    def __radd__(self, o): return "+C"
print(add(C(), 1), add(1, C()), add("s", C()), add([1], C()))
for a, b in ((1, "a"), ("a", 1), (None, 1), ([1], (1,)), (1.5, "x")):
    try:
        add(a, b)
    except TypeError as e:
        print(e)
print(add(add, add) if False else add(0, -0), add(0.0, -0.0), add(-0.0, -0.0))
