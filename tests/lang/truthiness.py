# what is true
for v in (0, 1, -1, 0.0, -0.0, 0j, "", " ", "0", b"", b"\0", (), (0,), [], [[]], {}, {0: 0}, set(), {0},
          None, ..., range(0), range(1), frozenset(), NotImplemented.__class__, float("nan"), bytearray()):
    print(repr(v), bool(v))
try:
    bool(NotImplemented)
except TypeError as e:
    print(e)
