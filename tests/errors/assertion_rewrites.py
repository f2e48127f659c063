# assert: values are evaluated once, message only on failure
log = []
def t(x, r): log.append(x); return r
assert t("cond", 1), t("msg", "m")
try: assert t("cond2", 0), t("msg2", "m2")
except AssertionError as e: print(e, log)
try: assert False, ValueError("exc as message")
except AssertionError as e: print(repr(e))
try: assert not (x := 5), f"{x} is true"
except AssertionError as e: print(e)
AssertionError_ = AssertionError
AssertionError = ValueError
try: assert 0, "still the real one"
except AssertionError_ as e: print(type(e).__name__, e)
try: assert 1 == 2 == 3
except AssertionError_ as e: print(repr(e))
