# uncaught: nonlocal at module level
def f():
    nonlocal missing
    missing = 1
