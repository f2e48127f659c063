# hashlib, hmac
import hashlib, hmac
for n in ("md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha3_256", "sha3_512", "blake2b", "blake2s"):
    h = hashlib.new(n, b"hello"); print(n, h.hexdigest()[:40], h.digest_size, h.block_size, h.name)
h = hashlib.sha256(); h.update(b"a"); c = h.copy(); h.update(b"b"); print(h.hexdigest() == hashlib.sha256(b"ab").hexdigest(), c.hexdigest() == hashlib.sha256(b"a").hexdigest())
print(hashlib.shake_128(b"x").hexdigest(8), hashlib.blake2b(b"x", digest_size=8, key=b"k").hexdigest(), hashlib.pbkdf2_hmac("sha256", b"pw", b"salt", 10).hex()[:32], hmac.new(b"key", b"msg", "sha256").hexdigest(), hmac.compare_digest("a", "a"), hmac.digest(b"k", b"m", "md5").hex())
for f in (lambda: hashlib.new("nope"), lambda: hashlib.sha256("str"), lambda: hashlib.md5().update(5)):
    try: f()
    except Exception as e: print(type(e).__name__, e)
print(sorted(hashlib.algorithms_guaranteed)[:4], hashlib.md5(b"", usedforsecurity=False).hexdigest())
