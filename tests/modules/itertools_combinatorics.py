# itertools: product, permutations, combinations
from itertools import *
print(list(product("ab", [1, 2])), list(product("ab", repeat=2)), list(product()), list(product([], "a")))
print(list(permutations([1, 2, 3], 2)), ["".join(p) for p in permutations("abc")], list(permutations("ab", 3)))
print(list(combinations("abcd", 2)), list(combinations([1], 2)), list(combinations_with_replacement("ab", 2)), len(list(combinations(range(10), 5))))
for f in (lambda: combinations("a", -1), lambda: permutations(5), lambda: product("a", repeat=-1), lambda: product(5)):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)
