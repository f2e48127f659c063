# collections.Counter
from collections import Counter
c = Counter("abracadabra")
print(c, c["a"], c["zz"], c.most_common(2), c.total(), sorted(c.elements())[:4], len(c))
d = Counter(a=1, z=2)
print(c + d, c - d, c & d, c | d, +Counter(a=-1, b=2), -Counter(a=-1, b=2), c == Counter("abracadabra"), Counter(a=1) <= Counter(a=2))
c.update("aaa"); c.subtract({"b": 5}); print(c["a"], c["b"]); del c["a"]; print("a" in c, c.most_common()[-1])
c += Counter(q=1); print(dict(c), Counter([3, 3, 1]), Counter({}), Counter({"x": 0}))
try:
    Counter.fromkeys("ab")
except NotImplementedError as e:
    print(e)
