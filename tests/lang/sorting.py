# sort is stable; key and reverse
words = ["banana", "kiwi", "apple", "fig", "date"]
print(sorted(words, key=len))
print(sorted(words, key=len, reverse=True))
print(sorted(words, key=lambda w: (len(w), w)))
words.sort(key=str.upper)
print(words)
print(sorted({"b": 1, "a": 2}), sorted([True, 0, 2, -1.5]))
try:
    sorted([1, "a"])
except TypeError as e:
    print(e)
pairs = [(i % 3, i) for i in range(10)]
print([b for a, b in sorted(pairs, key=lambda p: p[0])])
big = [(i * 7919) % 1009 for i in range(500)]
s = sorted(big)
print(all(a <= b for a, b in zip(s, s[1:])), s[:5], s[-5:])
