# string operations an interpreter meets early
s = "abc"
print(s + "d", s * 2, s[1], s[-1], s[1:], s[::-1], len(s), "b" in s, s == "ab" + "c", s < "abd", s.upper(), s.find("c"))
for c in s: print(c, end=",")
print()
out = ""
for i in range(5): out += str(i) + "-"
print(out, out[:-1].split("-"), "+".join(["x", "y"]))
n, f = 5, 2.5
print(f"{n} {f} {s!r} {n + f} {n:03d} {f:.2f} {s:>5}|", "%d %s" % (n, s), "{} {}".format(s, n))
print(str(n) + str(f) + str(None) + str([n]), repr("q'"), int("12") + 1, float("1.5") * 2, chr(65), ord("a"))
