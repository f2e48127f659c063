# precedence and associativity
print(2 + 3 * 4, (2 + 3) * 4, -2 ** 2, 2 ** 3 ** 2, 2 ** -1, 10 - 4 - 3, 100 // 7 // 2, 7 % 4 * 2, 1 << 2 + 1, 6 & 3 == 3, 1 | 2 ^ 3 & 4)
print(not 1 == 2, not True or True, 1 or 0 and 0, 1 < 2 < 3 == True, 5 if 0 else 6 if 1 else 7, -3 // 2, -(3 // 2), ~1 + 2, 1 + 2 << 1, 3 > 2 & 1)
print(not not 0, - - 3, + - + 2, ~~5, 2 * -3, 4 ** 0.5 ** 1, (lambda: 1 or 2)(), [1, 2][0] + 1, "a" "b" * 2, 1 in [1] == True)
