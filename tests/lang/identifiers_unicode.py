# identifiers beyond ASCII, normalised to NFKC
é = 1
变量 = 2
print(é, 变量)
ﬁ = "ligature"
print(fi)
class Ω:
    ªttr = 5
print(Ω().attr, Ω.__name__)
print(sorted(k for k in globals() if not k.isascii()), "fi" in globals())
_ = __ = ___x___ = 7
print(_, __, ___x___)
