# encoding and decoding
s = "aé€😀"
for enc in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-16", "utf-8-sig", "utf-7"):
    b = s.encode(enc)
    print(enc, b, b.decode(enc) == s)
for enc in ("ascii", "latin-1"):
    for err in ("strict", "ignore", "replace", "xmlcharrefreplace", "backslashreplace", "namereplace"):
        try:
            print(enc, err, s.encode(enc, err))
        except UnicodeEncodeError as e:
            print(e, e.start, e.end, e.reason)
try:
    "x".encode("nope")
except LookupError as e:
    print(e)
print("\ud800".encode("utf-8", "surrogatepass"), "é".encode("cp1252"), "é".encode(), "é".encode(errors="strict"))
try:
    "\ud800".encode()
except UnicodeEncodeError as e:
    print(e)
