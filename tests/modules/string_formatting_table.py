# formatting a report with every formatting style
rows = [("apple", 3, 1.5), ("kiwi", 12, 0.25), ("watermelon", 1, 3.999)]
print("%-12s|%5s|%8s" % ("item", "n", "price"))
for n, c, p in rows: print("%-12s|%5d|%8.2f" % (n, c, p))
print("{:<12}|{:>5}|{:>8}".format("item", "n", "price"))
for r in rows: print("{:<12}|{:>5}|{:>8.2f}".format(*r))
for n, c, p in rows: print(f"{n:.<12}|{c:^5}|{p:>8.1f}|{c * p:09.3f}|{c / 12:>7.1%}")
w = max(len(r[0]) for r in rows)
print("-" * (w + 20)); print(f"{'total':<{w}} {sum(c * p for _, c, p in rows):>10,.2f}")
from string import Template
for r in rows: print(Template("$name costs $$$price").substitute(name=r[0], price=r[2]))
print("\n".join(" ".join(str(i * j).rjust(3) for j in range(1, 6)) for i in range(1, 6)))
print("|".join(s.center(9, "*") for s in ("a", "bb", "ccc")), "x=%(x)5.1f y=%(y)-5d|" % {"x": 1.25, "y": 7})
