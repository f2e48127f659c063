# a small expression interpreter
import operator
OPS = {"+": (1, operator.add), "-": (1, operator.sub), "*": (2, operator.mul), "/": (2, operator.truediv), "^": (3, operator.pow)}
def tokens(s):
    i = 0
    while i < len(s):
        if s[i].isspace(): i += 1; continue
        if s[i].isdigit():
            j = i
            while j < len(s) and (s[j].isdigit() or s[j] == "."): j += 1
            yield ("num", float(s[i:j]) if "." in s[i:j] else int(s[i:j]))
            i = j
        else:
            yield ("op", s[i]); i += 1
    yield ("end", None)
class Parser:
    def __init__(self, s): self.t = tokens(s); self.next()
    def next(self): self.cur = next(self.t)
    def expr(self, min_p=1):
        left = self.atom()
        while self.cur[0] == "op" and self.cur[1] in OPS and OPS[self.cur[1]][0] >= min_p:
            op = self.cur[1]; p, f = OPS[op]; self.next()
            left = f(left, self.expr(p + (op != "^")))
        return left
    def atom(self):
        match self.cur:
            case ("num", v): self.next(); return v
            case ("op", "-"): self.next(); return -self.expr(3)
            case ("op", "("):
                self.next(); v = self.expr()
                if self.cur != ("op", ")"): raise SyntaxError("expected )")
                self.next(); return v
            case other: raise SyntaxError(f"unexpected {other}")
for s in ("1 + 2 * 3", "(1 + 2) * 3", "2 ^ 3 ^ 2", "10 - 4 - 3", "-2 ^ 2", "7 / 2", "1.5 * 4", "(1", "*", "1 / 0"):
    try: print(s, "=", Parser(s).expr())
    except (SyntaxError, ZeroDivisionError) as e: print(s, "->", type(e).__name__, e)
