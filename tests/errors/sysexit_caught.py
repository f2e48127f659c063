# SystemExit can be caught, and holds its code
import sys
for arg in ((), (None,), (5,), ("msg",), ((1, 2),)):
    try:
        sys.exit(*arg)
    except SystemExit as e:
        print(repr(e.code), e.args)
try:
    raise SystemExit
except BaseException as e:
    print(type(e).__mro__[1].__name__, e.code)
