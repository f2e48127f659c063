# a small binary protocol with struct, int.to_bytes and memoryview
import struct, io
def enc(v):
    match v:
        case bool(): return b"T" if v else b"F"
        case int(): b = v.to_bytes((v.bit_length() + 8) // 8, "big", signed=True); return b"i" + bytes([len(b)]) + b
        case float(): return b"d" + struct.pack(">d", v)
        case str(): b = v.encode(); return b"s" + struct.pack(">H", len(b)) + b
        case list(): return b"l" + struct.pack(">H", len(v)) + b"".join(map(enc, v))
        case dict(): return b"m" + struct.pack(">H", len(v)) + b"".join(enc(k) + enc(x) for k, x in v.items())
        case None: return b"N"
    raise TypeError(type(v).__name__)
def dec(f):
    match f.read(1):
        case b"T": return True
        case b"F": return False
        case b"N": return None
        case b"i": return int.from_bytes(f.read(f.read(1)[0]), "big", signed=True)
        case b"d": return struct.unpack(">d", f.read(8))[0]
        case b"s": return f.read(struct.unpack(">H", f.read(2))[0]).decode()
        case b"l": return [dec(f) for _ in range(struct.unpack(">H", f.read(2))[0])]
        case b"m": return {dec(f): dec(f) for _ in range(struct.unpack(">H", f.read(2))[0])}
        case x: raise ValueError(x)
v = {"a": [1, -300, 2**70, True, None, 1.5, "é€"], "n": {"k": []}}
b = enc(v); print(len(b), b.hex()[:60], dec(io.BytesIO(b)) == v)
try: enc({1, 2})
except TypeError as e: print("TypeError", e)
try: dec(io.BytesIO(b"?"))
except ValueError as e: print("ValueError", e)
m = memoryview(bytearray(b)); m[0:1] = b"m"; print(m[:3].tolist(), sum(m), m[-4:].hex())
