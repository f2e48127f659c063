# several managers, errors in enter and exit
log = []
class CM:
    def __init__(self, n, fail=""): self.n, self.fail = n, fail
    def __enter__(self):
        log.append(f"enter {self.n}")
        if "e" in self.fail: raise RuntimeError(f"enter {self.n}")
        return self
    def __exit__(self, *a):
        log.append(f"exit {self.n} {a[0].__name__ if a[0] else None}")
        if "x" in self.fail: raise KeyError(self.n)
for spec in (("", ""), ("", "e"), ("", "x"), ("x", "x")):
    log.clear()
    try:
        with CM(1, spec[0]), CM(2, spec[1]):
            log.append("body")
    except Exception as e:
        log.append(f"out {e!r} ctx {e.__context__!r}")
    print(log)
for obj in (5, type("A", (), {"__enter__": lambda s: 1})()):
    try:
        with obj: pass
    except TypeError as e:
        print(e)
