# __context__, __cause__ and __suppress_context__
try:
    try:
        1 / 0
    except ZeroDivisionError:
        raise KeyError("k")
except KeyError as e:
    print(repr(e.__context__), e.__cause__, e.__suppress_context__)
try:
    try:
        1 / 0
    except ZeroDivisionError:
        raise KeyError("k") from None
except KeyError as e:
    print(repr(e.__context__), e.__cause__, e.__suppress_context__)
try:
    raise ValueError from TypeError("cause")
except ValueError as e:
    print(repr(e.__cause__), e.__suppress_context__)
try:
    raise ValueError from 5
except TypeError as e:
    print(e)
def cleanup():
    try:
        raise OSError("first")
    finally:
        raise RuntimeError("second")
try:
    cleanup()
except RuntimeError as e:
    print(repr(e.__context__))
