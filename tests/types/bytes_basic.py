# bytes literals, indexing, methods
b = b"hello \x00\xff"
print(b, len(b), b[0], b[-1], b[1:3], b[::-1], list(b[:3]), 104 in b, b"ell" in b)
print(b.upper(), b.replace(b"l", b"L"), b.find(b"l"), b.find(111), b.split(b" "), b.startswith(b"he"), b.hex(), b.hex("-", 2))
print(bytes(3), bytes([1, 2]), bytes("é", "utf-8"), bytes(range(5)), bytes.fromhex("de ad BE ef"), bytes(b"x"), bytes())
print(b"a" + b"b", b"ab" * 2, b"a" < b"b", b"a" == b"a", b"a" == "a", b"".join([b"x", b"y"]), b"-".join([b"1", bytearray(b"2")]))
for f in (lambda: bytes([256]), lambda: bytes("x"), lambda: bytes(-1), lambda: bytes([1.5]), lambda: b"a" + "b", lambda: b[99], lambda: bytes.fromhex("0g"), lambda: b"a".join(["x"]), lambda: bytes(1, "x"), lambda: "a" in b"a", lambda: 300 in b"a"):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)
print(b'it\'s "q"', b"\t\n\\", rb"\x", b"a" b"b")
