# ChainMap, UserDict, UserList, UserString
from collections import ChainMap, UserDict, UserList, UserString
a, b = {"x": 1}, {"x": 2, "y": 3}
c = ChainMap(a, b)
print(c["x"], c["y"], sorted(c), len(c), c.maps, c.new_child({"z": 0})["z"], c.parents, "y" in c, c.get("q", "d"))
c["y"] = 9; print(a, b); del c["x"]; print(c["x"], c)
try:
    del c["nope"]
except KeyError as e:
    print(e)
class D(UserDict):
    def __setitem__(self, k, v): super().__setitem__(k.upper(), v)
d = D(a=1); d["b"] = 2; print(d, d.data, "A" in d, dict(d))
class L(UserList): pass
l = L([1, 2]); l.append(3); print(l, l[1:], type(l + [1]).__name__, l == [1, 2, 3], sorted(l, reverse=True))
s = UserString("abc"); print(s.upper(), s + "d", s[0], len(s), "b" in s, s == "abc", type(s * 2).__name__)
