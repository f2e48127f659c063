# constants of every kind are what they say
def f(): return 1, -1, 2**70, 1.5, -0.0, 1e400, 2j, "s", b"b", None, True, False, ..., (1, ("n",)), frozenset
print(f())
print(-0.0, 0.0, [0.0, -0.0], (0, 0.0, False, 0j), {0.0: 1}, (1, 1.0, True))
def g(): return 0, 0.0, -0.0, False
print(g(), 1 + 2 * 3, "a" * 3, "a" "b", 2 ** 10, -5 // 2, (1, 2)[0], not True, 10 / 4)
x = 5
print(x in (1, 5), x in {5, 6}, x in [7], "a" in {"a", "b"})
print(10**50 % 97, 1 << 65, -(2**63), 0xFFFF_FFFF_FFFF_FFFF, 1e-400, 1_0.0)
