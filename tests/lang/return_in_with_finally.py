# ways out of nested with and finally
log = []
class CM:
    def __init__(self, n): self.n = n
    def __enter__(self): return self
    def __exit__(self, *a): log.append(self.n)
def f(how):
    for i in range(2):
        with CM("a"), CM("b"):
            try:
                if how == "return": return "r"
                if how == "break": break
                if how == "continue": continue
                if how == "raise": raise ValueError("v")
            finally:
                log.append("f")
    return "end"
for how in ("return", "break", "continue", "raise", "none"):
    log.clear()
    try: print(how, f(how), log)
    except ValueError as e: print(how, e, log)
def swallow():
    try:
        1 / 0
    finally:
        try: {}["k"]
        except KeyError: log.append("inner handled")
try: swallow()
except ZeroDivisionError as e: print(e, e.__context__)
