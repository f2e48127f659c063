# raise of a class, an instance, bare, and from
class MyErr(Exception):
    pass
for how in range(4):
    try:
        if how == 0:
            raise MyErr
        elif how == 1:
            raise MyErr("a", 1)
        elif how == 2:
            try:
                raise ValueError("inner")
            except ValueError:
                raise
        else:
            try:
                1 / 0
            except ZeroDivisionError as z:
                raise MyErr("wrapped") from z
    except Exception as e:
        print(type(e).__name__, e.args, repr(e.__cause__), repr(e.__context__))
try:
    raise 5
except TypeError as e:
    print(e)
try:
    raise
except RuntimeError as e:
    print(e)
