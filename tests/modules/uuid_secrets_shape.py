# uuid (name-based) and secrets (shape)
import uuid, secrets
print(uuid.uuid5(uuid.NAMESPACE_DNS, "python.org"), uuid.uuid3(uuid.NAMESPACE_URL, "x"), uuid.UUID(int=5), uuid.UUID("{12345678-1234-5678-1234-567812345678}").hex, uuid.UUID(bytes=bytes(16)).version, uuid.UUID(int=2**100).fields)
print(uuid.uuid4().version, len(secrets.token_hex(4)), len(secrets.token_bytes(5)), 0 <= secrets.randbelow(3) < 3, secrets.choice("a"), secrets.compare_digest("a", "b"))
for x in ("zz", "1234"):
    try: uuid.UUID(x)
    except ValueError as e: print(e)
