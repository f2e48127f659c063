# uncaught: groups with tracebacks and causes inside
def fail(n):
    try:
        return 1 / n
    except ZeroDivisionError as e:
        raise ValueError(f"bad {n}") from e
errors = []
for n in (0, 1):
    try:
        fail(n)
        raise KeyError(n)
    except Exception as e:
        errors.append(e)
raise ExceptionGroup("batch", errors)
