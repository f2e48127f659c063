# random: the Mersenne Twister sequence of a given seed
import random
r = random.Random(42)
print([r.random() for _ in range(3)], r.getrandbits(32), r.getrandbits(100), r.randrange(10), r.randrange(5, 50, 5), r.randint(1, 6))
print(r.choice("abcdef"), r.choices([1, 2, 3], k=5), r.choices("ab", weights=[1, 3], k=6), r.sample(range(100), 5), r.uniform(1, 2), r.randbytes(4))
l = list(range(10)); r.shuffle(l); print(l)
print(r.gauss(0, 1), r.normalvariate(0, 1), r.expovariate(1), r.triangular(0, 10, 5), r.betavariate(1, 2), r.gammavariate(2, 1), r.lognormvariate(0, 1), r.paretovariate(3), r.weibullvariate(1, 2), r.vonmisesvariate(0, 1), r.binomialvariate(10, 0.3))
for seed in (0, -5, 2**100, "text", b"bytes", 1.5, bytearray(b"x")):
    print(random.Random(seed).random() if not isinstance(seed, float) else random.Random(seed).random())
random.seed(1); a = random.random(); st = random.getstate(); b = random.random(); random.setstate(st); print(a, b == random.random())
for f in (lambda: r.choice([]), lambda: r.randrange(0), lambda: r.sample([1], 2), lambda: r.getrandbits(-1), lambda: r.randint(2, 1), lambda: r.sample({1}, 1), lambda: random.Random([])):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)
