# struct: packing and unpacking
import struct
print(struct.pack("<bBhHiIqQ", -1, 255, -2, 65535, -3, 2**32 - 1, -4, 2**64 - 1))
print(struct.pack(">hIq", 1, 2, 3), struct.pack("<fd", 1.5, -2.25), struct.pack("<e", 0.5), struct.pack("5s", b"abc"), struct.pack("3p", b"abcd"), struct.pack("?c", True, b"x"), struct.pack("<2x3h", 1, 2, 3))
print(struct.unpack("<hI", b"\x01\x00\x02\x00\x00\x00"), struct.unpack(">d", b"?\xf0" + bytes(6)), struct.calcsize("<bhiq"), struct.calcsize("bhiq"), struct.calcsize("@bi0q"), struct.unpack("3s", b"abc"), struct.unpack_from("<H", b"xx\x05\x00", 2))
b = bytearray(8); struct.pack_into("<I", b, 2, 7); print(b, list(struct.iter_unpack("<H", b"\1\0\2\0")))
s = struct.Struct(">2h"); print(s.size, s.format, s.pack(1, 2), s.unpack(b"\0\1\0\2"))
for f in (lambda: struct.pack("<b", 200), lambda: struct.pack("<h"), lambda: struct.unpack("<i", b"12"), lambda: struct.pack("z", 1), lambda: struct.pack("<I", -1), lambda: struct.pack("<i", "x"), lambda: struct.pack("c", b"ab"), lambda: struct.unpack_from("<I", b"ab", 0), lambda: struct.pack("<f", 1e100)):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)
