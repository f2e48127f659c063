# uncaught: exception whose str is empty or spans lines
class E(Exception):
    def __str__(self): return "first\nsecond"
try:
    raise E
except E as e:
    raise ValueError from e
