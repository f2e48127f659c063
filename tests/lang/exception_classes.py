# user exception hierarchies
class AppError(Exception):
    """base"""
class Coded(AppError):
    def __init__(self, msg, code):
        super().__init__(msg)
        self.code = code
    def __str__(self):
        return f"[{self.code}] {self.args[0]}"
try:
    raise Coded("bad", 7)
except AppError as e:
    print(e, repr(e), e.args, e.code)
print(issubclass(Coded, Exception), Coded.__mro__[1].__name__)
try:
    try:
        raise Coded("x", 1)
    except ValueError:
        print("no")
except Coded as c:
    print("yes", c.code)
for bad in (5, "s", (ValueError, 5)):
    try:
        try:
            raise ValueError("v")
        except bad:
            print("matched")
    except TypeError as t:
        print(t)
    except ValueError:
        print("unmatched")
