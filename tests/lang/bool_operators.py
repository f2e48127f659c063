# and/or give an operand back and do not evaluate the rest
def t(name, value):
    print("eval", name)
    return value
print(t("a", 0) or t("b", 7))
print(t("a", 3) or t("b", 7))
print(t("a", 0) and t("b", 7))
print(t("a", 3) and t("b", 7))
print(not 0, not "x", not [], not None)
print([] or {} or "" or 0)
print(1 and 2 and 3)
