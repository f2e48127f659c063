# conversions at the edges of small ints
edges = [2**30, 2**31, 2**32, 2**60, 2**61, 2**62, 2**63, 2**64]
for e in edges:
    for d in (-1, 0, 1):
        a = e + d
        assert a - d == e and -(-a) == a and a * 2 // 2 == a and (a ^ -1) == ~a and (a << 3) >> 3 == a and int(str(a)) == a and int(hex(a), 16) == a
        assert -a + a == 0 and abs(-a) == a and (-a) // 1 == -a and divmod(-a, 7) == ((-a) // 7, (-a) % 7) and a == int(float(a)) or a != int(float(a))
        assert hash(a) == hash(a + 0) and (a == a + 0) and {a: 1}[a + 0] == 1 and a in range(a, a + 1)
    print(e, -e, e * e, e - 2 * e, ~e, e // -3, -e % 10, e.bit_length())
