# format(), __format__ and nested specs
class P:
    def __init__(self, x): self.x = x
    def __format__(self, spec):
        if spec == "hex": return f"{self.x:#x}"
        return f"<{self.x:{spec}}>" if spec else "plain"
p = P(255)
print(f"{p}", f"{p:hex}", f"{p:>6}", format(p), format(p, "05d"), "{:hex}".format(p), "{:{}}".format(p, ">8"), f"{p:{'hex'}}", "{0:{1}{2}}".format(5, 0, 4))
print(format(3.14159, ".3"), format("s", ">4"), format(True), format(None), format([1]), format(5, ""), format(1.0, ""), format(10**20, ","), format(-1234.5, "+,.1f"), format(0.00001, "g"), format(123456789, ".3g") if False else format(123456789.0, ".3g"))
for f in (lambda: format(5, 5), lambda: format(), lambda: format(object(), "x"), lambda: "{:{}}".format(1), lambda: "{:d}".format("x"), lambda: "{!z}".format(1), lambda: "{0.x.y}".format(p), lambda: "{:>{}}".format("a", "b"), lambda: f"{p:q}"):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
