# uncaught: an exception group is drawn as a tree
def make(n):
    try:
        raise ValueError(f"number {n}")
    except ValueError as e:
        return e
raise ExceptionGroup("several", [make(1), ExceptionGroup("nested", [TypeError("t"), make(2)]), KeyError("k")])
