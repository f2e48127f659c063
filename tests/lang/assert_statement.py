# assert with and without a message
assert True
assert 1, "no"
try:
    assert False
except AssertionError as e:
    print(repr(e))
try:
    assert 1 > 2, "math"
except AssertionError as e:
    print(repr(e))
try:
    assert [], (1, 2)
except AssertionError as e:
    print(repr(e), e.args)
