# comparisons and hashes across int and float
print(2**53 == float(2**53), 2**53 + 1 == float(2**53), 2**53 + 1 > float(2**53))
print(10**400 > 1e308, -10**400 < -1e308, 10**400 == float("inf"), 10**400 < float("inf"))
print(10**22 == 1e22, 10**23 == 1e23, 10**23 > 1e23)
print(hash(2**61 - 1), hash(2**61), hash(-1), hash(-2), hash(2**100), hash(-(2**100)))
print(hash(1.0) == hash(1), hash(0.5), hash(1e300) == hash(int(1e300)), hash(float("inf")), hash(-float("inf")))
print(1 < float("nan"), 1 > float("nan"), 1 == float("nan"), 1 != float("nan"))
print(True == 1, True == 1.0, True < 2, {1: "a", 1.0: "b", True: "c"})
print(sorted([10**20, 1.5, -3, 2**70, 0.1, True]))
