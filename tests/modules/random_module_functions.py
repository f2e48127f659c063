# random: module-level functions share one state
import random
random.seed(2024)
print(random.random(), random.randint(1, 100), random.choice("xyz"), random.sample([1, 2, 3, 4], 2), random.uniform(0, 1), random.getrandbits(10))
random.seed("abc"); print(random.random()); random.seed(b"abc", version=2); print(random.random()); random.seed("abc", version=1); print(random.random())
x = [1, 2, 3, 4, 5]; random.seed(5); random.shuffle(x); print(x, random.choices(range(5), cum_weights=[1, 2, 3, 4, 10], k=4))
print(random.sample("abc", counts=[2, 1, 1], k=3), random.randrange(10**30), random.randrange(-5, 5), random.randrange(10, 0, -3), [random.gauss() for _ in range(2)])
st = random.getstate(); print(st[0], len(st[1]), st[2]); r = random.Random(); r.setstate(st); print(r.random() == random.random())
class R(random.Random):
    def random(self): return 0.5
print(R().randrange(10), R().choice("abcd"), R().uniform(0, 10))
for a in ((5, 5), (1, 10, 0), (1.5,), ("a",)):
    try: random.randrange(*a)
    except (ValueError, TypeError) as e: print(type(e).__name__, e)
try: random.choices([1], weights=[0])
except ValueError as e: print(e)
try: random.choices([1, 2], weights=[1])
except ValueError as e: print(e)
