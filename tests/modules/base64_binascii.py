# base64, binascii, zlib checksums
import base64, binascii
b = b"hello \xff\x00 world"
for e, d in ((base64.b64encode, base64.b64decode), (base64.b32encode, base64.b32decode), (base64.b16encode, base64.b16decode), (base64.b85encode, base64.b85decode), (base64.a85encode, base64.a85decode), (base64.urlsafe_b64encode, base64.urlsafe_b64decode), (base64.b32hexencode, base64.b32hexdecode)):
    x = e(b); print(x, d(x) == b)
print(base64.b64decode("aGk="), base64.b64decode(b"aG k=\n"), base64.standard_b64encode(b"??>"), base64.encodebytes(b"x" * 60), base64.b64encode(b"ab", altchars=b"-_"))
print(binascii.hexlify(b), binascii.hexlify(b, ":", 2), binascii.unhexlify("6869"), binascii.crc32(b), binascii.b2a_base64(b"hi"), binascii.a2b_base64("aGk="), binascii.b2a_uu(b"hi"), binascii.crc_hqx(b, 0), binascii.b2a_qp(b"a=\xe9"), binascii.a2b_qp(b"a=3D"))
for f in (lambda: base64.b64decode("a"), lambda: base64.b64decode("!!!!", validate=True), lambda: binascii.unhexlify("abc"), lambda: binascii.unhexlify("zz"), lambda: base64.b64encode("str"), lambda: base64.b16decode("zz"), lambda: base64.b32decode("a"), lambda: base64.b64decode("é")):
    try: f()
    except Exception as e: print(type(e).__name__, e)
import zlib; print(zlib.crc32(b"abc"), zlib.adler32(b"abc"), zlib.decompress(zlib.compress(b"x" * 1000)) == b"x" * 1000)
