# every float prints in the shortest form that reads back
import struct, random
r = random.Random(7)
bad = 0
for _ in range(2000):
    x = struct.unpack("<d", r.getrandbits(64).to_bytes(8, "little"))[0]
    if x == x and float(repr(x)) != x: bad += 1
print(bad)
for x in (1e22, 1e23, 9007199254740992.0, 123456789012345678.0, 0.1 + 0.7, 1.1 * 3, 5e-324, 4.9e-324, 2.2250738585072011e-308, 1e-5, 0.00012, 1e16, 9999999999999998.0, 1.7976931348623157e308):
    print(x, "%r" % x, "%.17g" % x, "%.3e" % x, float(str(x)) == x)
for s in ("0.1000000000000000055511151231257827", "1.00000000000000011102230246251565", "1e-400", "179769313486231580793e289", "4.9406564584124654e-324", "2.4703282292062327e-324", "2.4703282292062328e-324", "9007199254740993", "0." + "0" * 400 + "1", "1" + "0" * 300): print(float(s))
