# recursion over nested structures
def depth(x): return 1 + max(map(depth, x), default=0) if isinstance(x, list) else 0
def flatten(x): return [z for y in x for z in flatten(y)] if isinstance(x, list) else [x]
def total(x): return sum(map(total, x)) if isinstance(x, (list, tuple)) else x
n = [1, [2, [3, [4, []]]], [5]]
print(depth(n), flatten(n), total(n), total((1, [2, (3,)])))
def subsets(s): return [[]] if not s else [r + e for r in subsets(s[1:]) for e in ([], [s[0]])]
print(sorted(subsets([1, 2, 3])))
def binary(n): return "" if n == 0 else binary(n // 2) + str(n % 2)
print([binary(i) for i in range(1, 9)])
def pal(s): return len(s) < 2 or s[0] == s[-1] and pal(s[1:-1])
print([pal(w) for w in ("", "a", "abba", "abca")])
