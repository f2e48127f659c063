# dict and set comprehensions
print({k: v for k, v in zip("abc", range(3))})
print({v: k for k, v in {"a": 1, "b": 2}.items()})
print({x // 2 for x in range(6)})
print({x: {y for y in range(x)} for x in range(3)})
print({**{i: i for i in range(2)}, 5: 5})
print({k: 1 for k in "aab"})
