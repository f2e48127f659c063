# decoding errors of bytes
for b in (b"\xff", b"a\xc3", b"\xc3\x28", b"\xe2\x82", b"\xed\xa0\x80", b"\xf0\x9f\x98", b"\xf8\x88", b"ok"):
    try:
        print(b.decode())
    except UnicodeDecodeError as e:
        print(e)
    print(b.decode("utf-8", "replace").encode("ascii", "backslashreplace"), b.decode("utf-8", "ignore"), b.decode("utf-8", "backslashreplace"), b.decode("utf-8", "surrogateescape").encode("utf-8", "surrogateescape") == b)
print(b"\xe9".decode("latin-1"), str(b"abc", "ascii"), b"\xff\xfea\0".decode("utf-16"))
try:
    b"\x80".decode("ascii")
except UnicodeDecodeError as e:
    print(e, e.object, e.encoding)
