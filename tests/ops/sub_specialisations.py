# - under changing types and overflow
def sub(a, b):
    return a - b
for a, b in ((5, 3), (3, 5), (-2**63, 1), (2**63 - 1, -1), (-2**61, 2**62), (1.5, 1), (1, 1.5), (2.5, 0.5), (True, False), (1j, 1), ({1, 2}, {1}), (2**100, 2**100 - 1), (0.0, 0.0), (-0.0, 0.0)):
    print(sub(a, b), end="; ")
print()
for a, b in ((1, "a"), ("a", "b"), ([], []), ({1}, [1])):
    try:
        sub(a, b)
    except TypeError as e:
        print(e)
