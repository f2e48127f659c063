# math: gcd, lcm, factorial, comb, perm, prod
import math
print(math.gcd(12, 18), math.gcd(), math.gcd(0, 5), math.gcd(-4, 6, 8), math.gcd(2**100, 6**50), math.lcm(4, 6), math.lcm(), math.lcm(0, 3), math.lcm(2, 3, 4))
print(math.factorial(0), math.factorial(20), math.factorial(30), math.comb(5, 2), math.comb(50, 25), math.comb(3, 5), math.perm(5, 2), math.perm(5), math.perm(3, 4))
print(math.prod([1, 2, 3, 4]), math.prod([]), math.prod([2.5, 2]), math.prod([1, 2], start=10), math.prod(["a"], start=2))
print(math.sumprod([1, 2], [3, 4]), math.sumprod([0.1] * 3, [1] * 3), math.dist([0, 0], [3, 4]))
for f, a in ((math.gcd, (1.5,)), (math.factorial, (1.5,)), (math.comb, (-1, 2)), (math.perm, (2, -1)), (math.sumprod, ([1], [1, 2])), (math.dist, ([1], [1, 2])), (math.factorial, ("a",))):
    try:
        print(f(*a))
    except Exception as e:
        print(f.__name__, type(e).__name__, e)
